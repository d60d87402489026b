/// A set of images as one bit for each number: small and quick for the dense numbers of a library.
public struct ImageSet: Sendable, Hashable {
    /// Bit `n % 64` of word `n / 64` stands for image `n`; the last word is not 0.
    public private(set) var words: [UInt64]

    /// Creates a set.
    ///
    /// - Parameter ids: The images.
    public init(_ ids: some Sequence<ImageID> = []) {
        words = []
        for id in ids { insert(id) }
    }

    /// Creates the set of all numbers up to one.
    ///
    /// - Parameter last: The greatest number, 0 or more.
    public init(upTo last: ImageID) {
        let count = Int(last.rawValue) + 1
        words = [UInt64](repeating: .max, count: (count + 63) / 64)
        if count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
    }

    /// Adds an image.
    ///
    /// - Parameter id: The image, 0 or more.
    public mutating func insert(_ id: ImageID) {
        let index = Int(id.rawValue)
        if index / 64 >= words.count {
            words += [UInt64](repeating: 0, count: index / 64 + 1 - words.count)
        }
        words[index / 64] |= 1 << UInt64(index % 64)
    }

    /// Whether an image is in the set.
    ///
    /// - Parameter id: The image.
    /// - Returns: Whether it is.
    public func contains(_ id: ImageID) -> Bool {
        let index = Int(id.rawValue)
        guard index >= 0, index / 64 < words.count else { return false }
        return words[index / 64] & (1 << UInt64(index % 64)) != 0
    }

    /// How many images are in the set.
    ///
    /// - Complexity: O(largest number / 64).
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether no image is in the set.
    public var isEmpty: Bool { words.isEmpty }

    /// The images of both sets.
    ///
    /// - Parameter other: The other set.
    /// - Returns: What is in both.
    public func intersection(_ other: ImageSet) -> ImageSet {
        var result = ImageSet()
        result.words = zip(words, other.words).map { $0 & $1 }
        result.trim()
        return result
    }

    /// The images of either set.
    ///
    /// - Parameter other: The other set.
    /// - Returns: What is in one of them, or in both.
    public func union(_ other: ImageSet) -> ImageSet {
        var result = words.count >= other.words.count ? self : other
        let shorter = words.count >= other.words.count ? other : self
        for (index, word) in shorter.words.enumerated() { result.words[index] |= word }
        return result
    }

    /// The images of this set that are not in another.
    ///
    /// - Parameter other: The other set.
    /// - Returns: What is left.
    public func subtracting(_ other: ImageSet) -> ImageSet {
        var result = self
        for index in 0..<min(words.count, other.words.count) {
            result.words[index] &= ~other.words[index]
        }
        result.trim()
        return result
    }

    /// The images in the order of their numbers.
    public var ids: [ImageID] {
        var result: [ImageID] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                result.append(ImageID(rawValue: Int64(index * 64 + rest.trailingZeroBitCount)))
                rest &= rest - 1
            }
        }
        return result
    }

    private mutating func trim() {
        while words.last == 0 { words.removeLast() }
    }
}
