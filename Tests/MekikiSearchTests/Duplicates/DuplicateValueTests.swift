import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiSearch

@Suite struct PerceptualHashTests {
    private struct Disc {
        var x: Double
        var y: Double
        var radius: Double
        var shade: Double
    }

    /// Discs of grey on a slope, others for each number.
    static func picture(_ number: Int, width: Int = 200, height: Int = 150) -> PixelBuffer {
        var random = SplitMix64(seed: UInt64(number))
        func share() -> Double { Double(random.next() % 1000) / 1000 }
        var discs: [Disc] = []
        for _ in 0..<6 {
            discs.append(
                Disc(x: share(), y: share(), radius: 0.05 + share() / 5, shade: 255 * share())
            )
        }
        var bytes: [UInt8] = []
        for row in 0..<height {
            for column in 0..<width {
                let x = Double(column) / Double(width)
                let y = Double(row) / Double(height)
                var shade: Double = 255 * y
                for disc in discs where hypot(x - disc.x, y - disc.y) < disc.radius {
                    shade = disc.shade
                }
                let level = UInt8(min(255, max(0, shade)))
                bytes.append(level)
                bytes.append(level)
                bytes.append(level)
            }
        }
        return PixelBuffer(width: width, height: height, bytes: bytes)
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func sizesAndNoiseHardlyChangeIt(_ number: Int) throws {
        let hash = try #require(PerceptualHash(Self.picture(number)))
        for (width, height) in [(400, 300), (67, 50), (200, 140)] {
            let other = PerceptualHash(Self.picture(number, width: width, height: height))
            #expect(hash.distance(to: try #require(other)) <= DuplicateSearch.mostDistance)
        }
        let picture = Self.picture(number)
        var random = SplitMix64(seed: 9)
        let noisy = PixelBuffer(
            width: picture.width,
            height: picture.height,
            bytes: picture.bytes.map { byte -> UInt8 in
                let change = Int(random.next() % 13) - 6
                return UInt8(max(0, min(255, Int(byte) + change)))
            }
        )
        #expect(hash.distance(to: try #require(PerceptualHash(noisy))) <= 4)
    }

    @Test func picturesThatDifferHaveOthers() throws {
        let hashes = try (1...20).map { try #require(PerceptualHash(Self.picture($0))) }
        for (index, hash) in hashes.enumerated() {
            for other in hashes[(index + 1)...] { #expect(hash.distance(to: other) > 8) }
        }
    }

    @Test(arguments: [(1, 1), (1, 40), (3, 2), (31, 33), (500, 7)])
    func anySizeHasOne(_ width: Int, _ height: Int) {
        _ = PerceptualHash(Self.picture(1, width: width, height: height))
    }

    @Test func aPlainPictureHasNone() {
        let plain = PixelBuffer(width: 40, height: 30, bytes: .init(repeating: 200, count: 3600))
        #expect(PerceptualHash(plain) == nil)
    }
}

@Suite struct PictureGroupsTests {
    private func id(_ number: Int64) -> ImageID { ImageID(rawValue: number) }

    private func pair(_ first: Int64, _ second: Int64, _ cosine: Float) -> PictureGroups.Pair {
        PictureGroups.Pair(first: id(first), second: id(second), cosine: cosine)
    }

    @Test func everyTwoOfAGroupAreAlike() {
        // A series: each differs from the next in three bits, from the one after that in six.
        var hashes: [ImageID: PerceptualHash] = [:]
        for step in 0..<5 {
            let bits: UInt64 = (1 << UInt64(3 * step)) - 1
            hashes[id(Int64(step) + 1)] = PerceptualHash(bits: bits)
        }
        let pairs = [pair(1, 2, 0.99), pair(2, 3, 0.98), pair(3, 4, 0.97), pair(4, 5, 0.96)]
        let two = [[id(1), id(2)], [id(3), id(4)]]
        #expect(PictureGroups(pairs, hashes, distance: 3).groups == two)
        let all = [[id(1), id(2), id(3), id(4), id(5)]]
        #expect(PictureGroups(pairs, hashes, distance: 20).groups == all)
        #expect(PictureGroups(pairs, hashes, distance: 2).groups.isEmpty)
    }

    @Test func oneWithoutAHashStaysAlone() {
        let hashes = [id(1): PerceptualHash(bits: 0), id(2): PerceptualHash(bits: 1)]
        let pairs = [pair(1, 3, 0.99), pair(1, 2, 0.95), pair(1, 2, 0.95)]
        #expect(PictureGroups(pairs, hashes, distance: 4).groups == [[id(1), id(2)]])
        #expect(PictureGroups([], hashes, distance: 4).groups.isEmpty)
    }
}

@Suite struct DuplicateGroupTests {
    private func copy(
        _ path: String,
        width: Int = 100,
        format: ImageFormat = .jpeg,
        bytes: Int = 1000,
        age: Int64 = 0,
        isDescribed: Bool = false
    ) -> DuplicateGroup.Copy {
        let content = ImageContent(
            hash: ContentHash(of: Data(path.utf8)),
            format: format,
            width: width,
            height: 100,
            byteCount: bytes,
            metadata: ImageMetadata()
        )
        let image = ImageRecord(id: ImageID(rawValue: 1), content: content, addedAt: Date())
        let file = FileRecord(
            location: FileLocation(root: "/r", path: path),
            stamp: FileStamp(byteCount: Int64(bytes), modifiedAt: 1000 - age),
            imageID: image.id
        )
        return DuplicateGroup.Copy(image: image, file: file, hasUserWords: isDescribed)
    }

    @Test func theBestIsKeptAndItIsSaidWhy() {
        let plain = copy("b.jpg")
        var cases: [(DuplicateGroup.Copy, DuplicateGroup.Reason)] = []
        cases.append((copy("better.jpg", isDescribed: true), .userWords))
        cases.append((copy("c.jpg", width: 101), .pixels))
        cases.append((copy("c.png", format: .png), .format))
        cases.append((copy("c.jpg", bytes: 1001), .bytes))
        cases.append((copy("c.jpg", age: 1), .age))
        cases.append((copy("a"), .path))
        cases.append((copy("a.jpg"), .path))
        for (better, reason) in cases {
            for copies in [[plain, better], [better, plain]] {
                let group = DuplicateGroup(.near, copies)
                #expect(group?.kept == better && group?.reason == reason)
                #expect(group?.others == [plain])
            }
        }
        #expect(DuplicateGroup(.exact, [plain]) == nil)
        // What was said of a picture counts more than all else.
        let large = copy("large.png", width: 9000, format: .png, bytes: 90_000, age: 50)
        #expect(DuplicateGroup(.near, [large, cases[0].0])?.kept == cases[0].0)
    }
}
