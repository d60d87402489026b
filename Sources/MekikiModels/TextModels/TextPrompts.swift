import Foundation
import MekikiCore

/// What a model was trained to see before a text, by the text's use.
struct TextPrompts: Equatable, Sendable {
    var query = ""
    var document = ""

    /// The prompts of a model.
    ///
    /// - Parameters:
    ///   - file: The prompts that the model's own files name, by their keys.
    ///   - standard: The key of what stands before every text that has no other.
    ///   - name: The model's name, for those whose files name none.
    init(file: [String: String], standard: String?, name: String) {
        let other = standard.flatMap { file[$0] } ?? ""
        query = Self.first(of: Self.queryKeys, in: file) ?? other
        document = Self.first(of: Self.documentKeys, in: file) ?? other
        guard query.isEmpty, document.isEmpty, let known = Self.known(name) else { return }
        (query, document) = known
    }

    /// Keys that models in use have for the two.
    private static let queryKeys = [
        "query", "search_query", "検索クエリ", "クエリ", "s2p_query", "web_search_query",
    ]
    private static let documentKeys = [
        "document", "passage", "corpus", "search_document", "検索文書", "文章",
    ]

    private static func first(of keys: [String], in file: [String: String]) -> String? {
        keys.compactMap { file[$0] }.first { !$0.isEmpty }
    }

    /// Prompts of model families whose files don't name them; their model cards do.
    private static func known(_ name: String) -> (query: String, document: String)? {
        let name = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        func begins(_ prefixes: String...) -> Bool { prefixes.contains { name.hasPrefix($0) } }
        if begins("multilingual-e5-", "e5-small", "e5-base", "e5-large"),
            !name.contains("instruct")
        {
            return ("query: ", "passage: ")
        }
        if begins("glucose-base-ja-v2") { return ("query: ", "passage: ") }
        if begins("ruri-v3-") { return ("検索クエリ: ", "検索文書: ") }
        if begins("ruri-") { return ("クエリ: ", "文章: ") }
        if begins("nomic-embed-text", "modernbert-embed") {
            return ("search_query: ", "search_document: ")
        }
        if begins("bge-"), name.contains("-en") {
            return ("Represent this sentence for searching relevant passages: ", "")
        }
        return nil
    }

    /// What stands before a text.
    subscript(use: TextUse) -> String {
        switch use {
        case .query: query
        case .document: document
        }
    }
}
