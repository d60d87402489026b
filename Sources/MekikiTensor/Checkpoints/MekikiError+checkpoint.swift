import MekikiCore

extension MekikiError {
    /// A checkpoint that isn't what its format says.
    ///
    /// - Parameter what: What is wrong with it, as it follows "This PyTorch checkpoint".
    /// - Returns: An error with the code `badData`.
    static func damagedCheckpoint(_ what: String) -> MekikiError {
        MekikiError(
            .badData,
            "This PyTorch checkpoint \(what). "
                + "The file is damaged or incomplete: delete it and fetch it again."
        )
    }

    /// A checkpoint of a form that is sound and not read.
    ///
    /// - Parameter what: What it is, as it follows "This PyTorch checkpoint".
    /// - Returns: An error with the code `configuration`.
    static func unreadCheckpoint(_ what: String) -> MekikiError {
        MekikiError(
            .configuration,
            "This PyTorch checkpoint \(what). Choose a revision of the model with safetensors, or "
                + "load it in PyTorch and save its state_dict again."
        )
    }
}

extension String {
    /// A stranger's text as a sentence can hold it: at most 80 characters, on one line.
    var shortened: String {
        let cut = unicodeScalars.prefix(80).map { scalar in
            scalar.properties.generalCategory == .control ? "\u{fffd}" : String(scalar)
        }
        return cut.joined() + (unicodeScalars.dropFirst(80).isEmpty ? "" : "…")
    }
}
