/// The role that finds words to the letter.
///
/// Every implementation finds the same images; the order of equally good ones is its own, but the same
/// for the same request. Images without a present file don't take part.
public protocol TextSearch: Sendable {
    /// The images that have the words.
    ///
    /// - Parameters:
    ///   - query: The words.
    ///   - request: Where, how many, from which place on, among which images.
    /// - Returns: The matches, best first, with the number of all.
    /// - Throws: `MekikiError` when the storage can't be read.
    func matches(of query: TextQuery, _ request: TextRequest) async throws -> TextSearchResult

    /// Where the words stand in images.
    ///
    /// - Parameters:
    ///   - query: The words.
    ///   - ids: The images, a page of them.
    ///   - targets: Which kinds of words.
    /// - Returns: For each image the best pieces of its texts, most important kind first; images
    ///   without the words are left out.
    /// - Throws: `MekikiError` when the storage can't be read.
    func snippets(
        of query: TextQuery,
        in ids: [ImageID],
        targets: Set<TextTarget>
    ) async throws -> [ImageID: [TextSnippet]]

    /// Words of the library that begin like this, most frequent first: what a search box suggests.
    ///
    /// - Parameters:
    ///   - beginning: The beginning of a word, not empty.
    ///   - limit: How many are wanted.
    /// - Returns: The words with the number of images that have them.
    /// - Throws: `MekikiError` when the storage can't be read.
    func suggestions(for beginning: String, limit: Int) async throws -> [(word: String, count: Int)]
}
