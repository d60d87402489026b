import Foundation

/// Where a picture was taken, in degrees; south and west are negative.
struct GPSPlace: Equatable {
    let latitude: Double
    let longitude: Double

    /// Reads EXIF's GPS directory (EXIF 2.32, 4.6.6): each axis as degrees, minutes and seconds, and where
    /// they count from; `nil` where one is missing, or no place of the earth.
    init?(_ directory: TIFFDirectory?) {
        func degrees(_ reference: Int, _ tag: Int) -> Double? {
            guard let parts = directory?.rationals(tag, atMost: 3), let first = parts.first,
                let mark = directory?.string(reference)?.uppercased().first
            else { return nil }
            let sum =
                first + (parts.count > 1 ? parts[1] / 60 : 0)
                + (parts.count > 2 ? parts[2] / 3600 : 0)
            return mark == "S" || mark == "W" ? -sum : sum
        }
        self.init(degrees(1, 2), degrees(3, 4))
    }

    /// Reads XMP's texts, such as `35,41.37N` and `35,41,22.2N`.
    init?(_ xmp: XMPPackets) {
        func degrees(_ text: String?) -> Double? {
            guard var text, let mark = text.popLast()?.uppercased() else { return nil }
            let parts = text.split(separator: ",").map { Double($0) }
            guard (1...3).contains(parts.count), !parts.contains(nil) else { return nil }
            let sum = zip(parts, [1.0, 60, 3600]).reduce(0) { $0 + ($1.0 ?? 0) / $1.1 }
            switch mark {
            case "N", "E": return sum
            case "S", "W": return -sum
            default: return nil
            }
        }
        self.init(degrees(xmp["exif:GPSLatitude"]), degrees(xmp["exif:GPSLongitude"]))
    }

    private init?(_ latitude: Double?, _ longitude: Double?) {
        guard let latitude, let longitude, abs(latitude) <= 90, abs(longitude) <= 180,
            // What receivers without a fix write.
            latitude != 0 || longitude != 0
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }
}
