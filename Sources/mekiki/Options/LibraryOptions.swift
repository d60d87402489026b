import ArgumentParser
import MekikiKit

/// Which library a command works on.
struct LibraryOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The library's folder.",
            discussion: "Default: $MEKIKI_LIBRARY, else ~/.local/share/mekiki/library.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var library: String?

    var folder: LibraryFolder { LibraryFolder(named: library) }
}
