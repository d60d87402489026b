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
        case "RobertaProcessing":
            let (start, end) = try namedTokens(field)
            return TokenFrame(
                prefix: start,
                suffix: end,
                pair: .roberta(start: start, end: end)
            )
        case "BertProcessing":
            let (start, end) = try namedTokens(field)
            return TokenFrame(prefix: start, suffix: end, pair: .bert(start: start, end: end))
        case "TemplateProcessing": return try template(field)
        // It only moves offsets, which Mekiki doesn't use.
        case "ByteLevel": return .bare
        case "Sequence":
            return try field.required("processors").elements().map(frame)
                .reduce(.bare) { inner, outer in
                    TokenFrame(
                        prefix: outer.prefix + inner.prefix,
                        suffix: inner.suffix + outer.suffix,
                        pair: Self.pair(inner.pair, outer.pair)
                    )
                }
        case let name: throw kind.unsupported("the post-processing '\(name)'")
        }
    }

    /// Two stages' pairs: one of them may put something around the texts, not both.
    private static func pair(_ inner: PairFrame?, _ outer: PairFrame?) -> PairFrame? {
        if inner == .bare { return outer }
        return outer == .bare ? inner : nil
    }

    private func namedTokens(_ field: JSONField) throws -> (start: [Int32], end: [Int32]) {
        ([try pairedID(field.required("cls"))], [try pairedID(field.required("sep"))])
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
                let ids = try specialTokens(element.required("SpecialToken"), tokens)
                if suffix == nil { prefix += ids } else { suffix? += ids }
            }
        }
        guard let suffix else { throw single.mismatch("a template with the text in it") }
        return TokenFrame(
            prefix: prefix,
            suffix: suffix,
            pair: try field["pair"].flatMap { try pairTemplate($0, tokens) }
        )
    }

    /// The template of two texts; `nil` where it isn't one of each.
    private func pairTemplate(_ field: JSONField, _ tokens: JSONField) throws -> PairFrame? {
        var elements: [PairFrame.Element] = []
        var texts: [String] = []
        for element in try field.elements() {
            if let sequence = element["Sequence"] {
                let type = try sequence.required("type_id").id()
                texts.append(try sequence.required("id").string())
                elements.append(texts.last == "A" ? .first(type: type) : .second(type: type))
            } else {
                let token = try element.required("SpecialToken")
                let type = try token.required("type_id").id()
                elements += try specialTokens(token, tokens).map { .token($0, type: type) }
            }
        }
        return texts.sorted() == ["A", "B"] ? PairFrame(elements: elements) : nil
    }

    /// The ids that a special token of a template stands for.
    private func specialTokens(_ field: JSONField, _ tokens: JSONField) throws -> [Int32] {
        let name = try field.required("id").string()
        return try tokens.required(name).required("ids").elements().map { try $0.id() }
    }
}
