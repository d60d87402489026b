import ArgumentParser
import MekikiKit

/// Which model a command works with.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The model: a preset, a name of the model hub, or a folder.",
            discussion: """
                Default: $MEKIKI_MODEL, else `model` in ~/.config/mekiki/config.json, else the \
                preset multilingual if it was fetched, else the starter model that comes with \
                Mekiki. `mekiki models list` shows what there is.
                """,
            valueName: "name"
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
                    "Starter model: clip-art and simple scenes, no photographs "
                        + "(`mekiki models pull multilingual` fetches a real one)",
                    .faint
                )
            )
        }
        return try Wiring.model(choice)
    }
}
