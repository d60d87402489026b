import MekikiCore
import MekikiTensor

extension ModelFolder {
    /// Reads everything about the model but its weights.
    ///
    /// - Parameter weights: The checkpoint, of which names and shapes are read.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when a file is missing, damaged, or asks for what is not supported.
    func describe(_ weights: Weights) throws -> ImageTextDescription {
        switch architecture {
        case .clip: try CLIPModel.describe(self, weights)
        case .openCLIP: try OpenCLIPModel.describe(self, weights)
        case .siglip: try SigLIPModel.describe(self, weights)
        case .japaneseCLIP: try JapaneseCLIPModel.describe(self, weights)
        case .clyp: try CLYPModel.describe(self, weights)
        }
    }
}
