import ArgumentParser
import MekikiKit

/// Which model a command works with.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A model's folder: config.json, model.safetensors, tokenizer files.",
            discussion: """
                Default: the one that the library's vectors are of; in a new library $MEKIKI_MODEL, else \
                the starter model that comes with Mekiki.
                """,
            valueName: "folder"
        ),
        completion: .directory
    )
    var model: String?

    /// The model's folder where it holds a model of texts alone.
    func textModelChoice() throws -> ModelChoice? {
        let choice = try ModelChoice(named: model)
        return Wiring.isTextModel(choice) ? choice : nil
    }

    /// Finds and reads the model, and says so when it is the starter.
    func load(_ output: OutputOptions) throws -> LoadedModel {
        let choice = try ModelChoice(named: model)
        if choice.isStarter, !output.quiet {
            Terminal.standardError.line(
                Terminal.standardError.styled(
                    "Starter model: clip-art and simple scenes, no photographs (--model names another)",
                    .faint
                )
            )
        }
        return try Wiring.model(choice)
    }
}
