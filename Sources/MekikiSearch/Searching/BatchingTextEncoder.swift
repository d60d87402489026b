import MekikiCore

/// Encodes texts that arrive together in one go.
///
/// While the model works on one batch, whoever asks meanwhile joins the next one: nobody waits for
/// company, and under load a batch costs little more than a single text. Equal texts of a batch are
/// encoded once.
public actor BatchingTextEncoder: TextEncoder {
    /// The space that the vectors live in.
    public nonisolated let space: VectorSpace

    /// The most texts that the model gets at once.
    private static let largestBatch = 64

    private let encoder: any TextEncoder
    private var waiting: [Request] = []
    private var isWorking = false

    private struct Request {
        var text: String
        /// The text's bytes: texts that Swift calls equal may be different to a tokenizer.
        var key: [UInt8]
        var continuation: CheckedContinuation<Embedding, any Error>
    }

    /// Creates an encoder in front of another.
    ///
    /// - Parameter encoder: What does the work.
    public init(_ encoder: any TextEncoder) {
        self.encoder = encoder
        space = encoder.space
    }

    /// Encodes texts, in the order given.
    ///
    /// - Parameter texts: Texts in any language the model knows.
    /// - Returns: One unit vector a text.
    /// - Throws: What the encoder throws for one of these texts.
    public func encode(_ texts: [String]) async throws -> [Embedding] {
        // Alone and many at once: a batch already.
        if texts.count > 1 { return try await encoder.encode(texts) }
        guard let text = texts.first else { return [] }
        let vector = try await withCheckedThrowingContinuation { continuation in
            waiting.append(
                Request(text: text, key: Array(text.utf8), continuation: continuation)
            )
            if !isWorking {
                isWorking = true
                Task { await work() }
            }
        }
        return [vector]
    }

    /// Encodes texts, in the order given, as what they are used for.
    ///
    /// Only queries wait for company: nobody waits for documents.
    ///
    /// - Parameters:
    ///   - texts: Texts in any language the model knows.
    ///   - use: Whether they are queries or documents.
    /// - Returns: One unit vector a text.
    /// - Throws: What the encoder throws for one of these texts.
    public func encode(_ texts: [String], as use: TextUse) async throws -> [Embedding] {
        switch use {
        case .query: try await encode(texts)
        case .document: try await encoder.encode(texts, as: .document)
        }
    }

    private func work() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.largestBatch))
            waiting.removeFirst(batch.count)
            await answer(batch)
        }
        isWorking = false
    }

    private func answer(_ batch: [Request]) async {
        var order: [[UInt8]: Int] = [:]
        var texts: [String] = []
        for request in batch where order[request.key] == nil {
            order[request.key] = texts.count
            texts.append(request.text)
        }
        do {
            let vectors = try await encoder.encode(texts)
            for request in batch {
                guard let index = order[request.key], index < vectors.count else {
                    preconditionFailure("An encoder returns one vector for each text.")
                }
                request.continuation.resume(returning: vectors[index])
            }
        } catch {
            guard batch.count > 1 else {
                batch.first?.continuation.resume(throwing: error)
                return
            }
            // One text must not spoil the others' answers.
            for request in batch { await answer([request]) }
        }
    }
}
