import MekikiCore

/// What every encoder proves when its weights are loaded: that they are a model.
///
/// A file can be whole as a file and wrong as a model: zeros after an interrupted download, a tensor
/// of another training. Nothing else would notice before the search results.
enum SelfTest {
    /// Checks what an encoder gave for two inputs.
    ///
    /// - Parameters:
    ///   - embeddings: The vectors of two different inputs.
    ///   - tower: What the encoder reads, for the message.
    ///   - subject: The model's folder.
    /// - Throws: `MekikiError` with code `badData` when they are no vectors of a model.
    static func check(_ embeddings: [Embedding], tower: String, subject: String) throws {
        for embedding in embeddings {
            let length = embedding.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length.isFinite, abs(length - 1) < 1e-3 else {
                throw damaged("vectors that are not of unit length", tower, subject)
            }
        }
        guard embeddings.count == 2 else { return }
        let distance = zip(embeddings[0].values, embeddings[1].values)
            .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        guard distance > 1e-4 else {
            throw damaged("the same vector for different inputs", tower, subject)
        }
    }

    /// Runs the encoder on its test inputs and checks the result.
    static func run(
        tower: String,
        subject: String,
        _ encode: () throws -> [Embedding]
    ) throws {
        let embeddings: [Embedding]
        do {
            embeddings = try encode()
        } catch let error as MekikiError where error.code == .badData {
            throw damaged("no usable vector", tower, subject, cause: error)
        }
        try check(embeddings, tower: tower, subject: subject)
    }

    private static func damaged(
        _ what: String,
        _ tower: String,
        _ subject: String,
        cause: (any Error)? = nil
    ) -> MekikiError {
        MekikiError(
            .badData,
            "The model's \(tower) tower gives \(what). Its weights are probably damaged: fetch "
                + "the model again.",
            subject: subject,
            cause: cause
        )
    }
}
