import MekikiCore

/// The stages of a pipeline around its model. Each may be one stage or a `Sequence` of several.
extension TokenizerJSON {
    // MARK: Added tokens

    func addedToken(_ field: JSONField) throws -> AddedTokens.Token {
        if let flag = field["single_word"], try flag.bool() {
            throw flag.unsupported("tokens that match whole words only")
        }
        return AddedTokens.Token(
            id: try field.required("id").id(),
            content: Array(try field.required("content").string().unicodeScalars),
            isNormalized: try field["normalized"]?.bool() ?? false,
            stripsLeft: try field["lstrip"]?.bool() ?? false,
            stripsRight: try field["rstrip"]?.bool() ?? false
        )
    }

    // MARK: Frame

    func frame(_ field: JSONField) throws -> TokenFrame {
        let kind = try field.required("type")
        switch try kind.string() {
        case "RobertaProcessing", "BertProcessing":
            return TokenFrame(
                prefix: [try pairedID(field.required("cls"))],
                suffix: [try pairedID(field.required("sep"))]
            )
        case "TemplateProcessing": return try template(field)
        // It only moves offsets, which Mekiki doesn't use.
        case "ByteLevel": return TokenFrame(prefix: [], suffix: [])
        case "Sequence":
            return try field.required("processors").elements().map(frame)
                .reduce(TokenFrame(prefix: [], suffix: [])) { inner, outer in
                    TokenFrame(
                        prefix: outer.prefix + inner.prefix,
                        suffix: inner.suffix + outer.suffix
                    )
                }
        case let name: throw kind.unsupported("the post-processing '\(name)'")
        }
    }

    /// The id of `["<|endoftext|>", 49407]`.
    private func pairedID(_ field: JSONField) throws -> Int32 {
        let elements = try field.elements()
        guard elements.count == 2 else { throw field.mismatch("a token and its id") }
        return try elements[1].id()
    }

    private func template(_ field: JSONField) throws -> TokenFrame {
        let tokens = try field.required("special_tokens")
        let single = try field.required("single")
        var prefix: [Int32] = []
        var suffix: [Int32]?
        for element in try single.elements() {
            if element["Sequence"] != nil {
                guard suffix == nil else { throw single.unsupported("the text more than once") }
                suffix = []
            } else {
                let name = try element.required("SpecialToken").required("id").string()
                let ids = try tokens.required(name).required("ids").elements().map { try $0.id() }
                if suffix == nil { prefix += ids } else { suffix? += ids }
            }
        }
        guard let suffix else { throw single.mismatch("a template with the text in it") }
        return TokenFrame(prefix: prefix, suffix: suffix)
    }
}
