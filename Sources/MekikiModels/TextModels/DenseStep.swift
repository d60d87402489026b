import Foundation
import MekikiCore
import MekikiTensor

/// A linear layer behind the pooling, as `2_Dense` of a sentence-transformers folder has it.
///
/// It computes in float32: a few rows cost nothing.
struct DenseStep: Sendable {
    private let linear: Linear
    private let hasTanh: Bool

    /// What its config.json says.
    struct Shape: Equatable {
        var inputs: Int
        var outputs: Int
        var hasBias: Bool
        var hasTanh: Bool

        /// Reads the config.json of a folder.
        init(folder: URL) throws {
            guard let file: File = try FolderJSON.read("config.json", in: folder) else {
                throw MekikiError(
                    .noInput,
                    "config.json is missing from this folder. Fetch the model again.",
                    subject: folder.path
                )
            }
            func unsupported(_ what: String) -> MekikiError {
                MekikiError(
                    .configuration,
                    "The dense layer asks for \(what), which is not supported.",
                    subject: folder.path
                )
            }
            if file.usesResidual == true { throw unsupported("a residual connection") }
            if let input = file.input, input != "sentence_embedding" {
                throw unsupported("the input '\(input)'")
            }
            switch file.activation?.split(separator: ".").last ?? "Tanh" {
            case "Identity": hasTanh = false
            case "Tanh": hasTanh = true
            case let name: throw unsupported("the activation '\(name)'; supported: Identity, Tanh")
            }
            inputs = file.inputs
            outputs = file.outputs
            hasBias = file.hasBias ?? true
            try ConfigurationValue.check(inputs, "in_features")
            try ConfigurationValue.check(outputs, "out_features")
        }

        private struct File: Decodable {
            var inputs: Int
            var outputs: Int
            var hasBias: Bool?
            var activation: String?
            var input: String?
            var usesResidual: Bool?

            enum CodingKeys: String, CodingKey {
                case inputs = "in_features"
                case outputs = "out_features"
                case hasBias = "bias"
                case activation = "activation_function"
                case input = "module_input_name"
                case usesResidual = "use_residual"
            }
        }
    }

    /// Loads a layer.
    init(_ shape: Shape, folder: URL) throws {
        let weights = try Weights(folder: folder)
        hasTanh = shape.hasTanh
        linear = try weights.linear(
            ["linear"],
            inputs: shape.inputs,
            outputs: shape.outputs,
            hasBias: shape.hasBias,
            computing: Computation(element: .float32)
        )
    }

    /// Runs the layer over rows of float32.
    func run(_ rows: TensorSlice, by team: ThreadTeam) throws -> TensorSlice {
        let output = Tensor(.float32, rows: rows.rows, columns: linear.outputs)
        try linear.run(rows, into: output.all, by: team)
        if hasTanh { output.all.floats.applyTanh() }
        return output.all
    }
}

extension UnsafeMutableBufferPointer<Float> {
    /// Replaces every number by its hyperbolic tangent.
    func applyTanh() {
        for index in indices { self[index] = tanh(self[index]) }
    }
}
