import MekikiCore

/// `1_Pooling/config.json` of the sentence-transformers library, in its old and its new form.
struct PoolingFile: Decodable {
    private var mode: Mode?
    private var first: Bool?
    private var mean: Bool?
    private var largest: Bool?
    private var scaledMean: Bool?
    private var weightedMean: Bool?
    private var last: Bool?
    private var includesPrompt: Bool?

    private enum CodingKeys: String, CodingKey {
        case mode = "pooling_mode"
        case first = "pooling_mode_cls_token"
        case mean = "pooling_mode_mean_tokens"
        case largest = "pooling_mode_max_tokens"
        case scaledMean = "pooling_mode_mean_sqrt_len_tokens"
        case weightedMean = "pooling_mode_weightedmean_tokens"
        case last = "pooling_mode_lasttoken"
        case includesPrompt = "include_prompt"
    }

    /// One mode, or a list of them.
    private enum Mode: Decodable {
        case names([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let name = try? container.decode(String.self) {
                self = .names([name])
            } else {
                self = .names(try container.decode([String].self))
            }
        }
    }

    /// The modes that are on.
    private var names: [String] {
        if case .names(let names) = mode { return names }
        let flags = [
            ("cls", first), ("max", largest), ("mean", mean), ("mean_sqrt_len_tokens", scaledMean),
            ("weightedmean", weightedMean), ("lasttoken", last),
        ]
        let names = flags.filter { $0.1 == true }.map(\.0)
        return names.isEmpty ? ["mean"] : names
    }

    /// How texts become rows.
    ///
    /// - Throws: `MekikiError` with code `configuration` when it is a way that is not supported.
    func pooling() throws -> TextPooling {
        if includesPrompt == false {
            throw MekikiError(
                .configuration,
                "The pooling leaves out the prompt (include_prompt), which is not supported."
            )
        }
        switch names {
        case ["cls"]: return .first
        // A mean times a number: the same direction.
        case ["mean"], ["mean_sqrt_len_tokens"]: return .mean
        default:
            throw MekikiError(
                .configuration,
                "The pooling '\(names.joined(separator: " + "))' is not supported. Supported: mean, "
                    + "cls."
            )
        }
    }
}

/// How the tokens of a text become one row.
enum TextPooling: Sendable, Equatable {
    /// The first token's row.
    case first
    /// The mean of all tokens' rows.
    case mean
}
