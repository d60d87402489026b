import ArgumentParser

/// `mekiki models list|pull|info`: the models at hand, and those of the hub.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List models, fetch one, or show what one is.",
        subcommands: [ModelsList.self, ModelsPull.self, ModelsInfo.self],
        defaultSubcommand: ModelsList.self
    )
}
