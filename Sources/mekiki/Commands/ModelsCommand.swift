import ArgumentParser

/// `mekiki models list|pull|info|use|forget`: the models at hand, those of the hub, and which one answers.
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
