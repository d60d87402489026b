import ArgumentParser

/// `mekiki models list|pull|info`: the models at hand, and those of the hub.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List models, fetch one, show what one is, and choose the one that answers.",
        subcommands: [
            ModelsList.self, ModelsPull.self, ModelsInfo.self, UseModel.self, ForgetModel.self,
        ],
        defaultSubcommand: ModelsList.self
    )
}
