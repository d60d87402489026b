import MekikiCore
import MekikiTensor

/// What makes a score of a pair's row.
///
/// It computes in float32: a few rows cost nothing, and scores that lie close together keep their
/// order.
struct CrossEncoderHead: Sendable {
    private let hidden: Linear?
    private let hasTanh: Bool
    private let norm: LayerNorm?
    private let classifier: Linear

    /// Loads BERT's: the pooler, which is the tower's, and one linear layer.
    init(bert weights: Weights, width: Int) throws {
        hidden = nil
        hasTanh = false
        norm = nil
        classifier = try Self.classifier("classifier", of: weights, width: width)
    }

    /// Loads RoBERTa's: a hidden layer with tanh.
    init(roberta weights: Weights, width: Int) throws {
        hidden = try weights.linear(
            ["classifier.dense"],
            inputs: width,
            outputs: width,
            computing: Computation(element: .float32)
        )
        hasTanh = true
        norm = nil
        classifier = try Self.classifier("classifier.out_proj", of: weights, width: width)
    }

    /// Loads ModernBERT's: a hidden layer and a layer norm.
    init(
        modernBERT weights: Weights,
        _ configuration: ModernBERTConfiguration,
        _ file: CrossEncoderFile
    ) throws {
        let width = configuration.width
        hidden = try weights.linear(
            ["head.dense"],
            inputs: width,
            outputs: width,
            hasBias: file.hasBias,
            computing: Computation(element: .float32),
            activation: ConfigurationValue.activation(file.activation, "classifier_activation")
        )
        hasTanh = false
        norm = try weights.layerNorm(
            "head.norm",
            width: width,
            epsilon: configuration.epsilon,
            hasBias: configuration.normsHaveBias
        )
        classifier = try Self.classifier("classifier", of: weights, width: width)
    }

    /// Log-odds of rows, shape `[rows, width]` in float32.
    func run(_ rows: TensorSlice, by team: ThreadTeam) throws -> [Float] {
        var rows = rows
        if let hidden {
            let output = Tensor(.float32, rows: rows.rows, columns: hidden.outputs)
            try hidden.run(rows, into: output.all, by: team)
            if hasTanh { output.all.floats.applyTanh() }
            norm?.run(output.all, into: output.all, by: team)
            rows = output.all
        }
        let scores = Tensor(.float32, rows: rows.rows, columns: 1)
        try classifier.run(rows, into: scores.all, by: team)
        return scores.values
    }

    private static func classifier(
        _ name: String,
        of weights: Weights,
        width: Int
    ) throws -> Linear {
        if let shape = weights.entry(named: name + ".weight")?.shape, let labels = shape.first,
            labels != 1
        {
            throw MekikiError(
                .configuration,
                "This model gives \(labels) labels a text; a reranker gives one score. Choose a "
                    + "model that was trained as a reranker.",
                subject: weights.folder.path
            )
        }
        return try weights.linear(
            [name],
            inputs: width,
            outputs: 1,
            computing: Computation(element: .float32)
        )
    }
}
