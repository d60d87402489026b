import Foundation
import MekikiCore

/// The Tesseract that is installed: its program, and which languages it has.
public struct TesseractInstallation: Sendable, Equatable {
    /// The languages that Mekiki reads, those that decide first.
    public static let wantedLanguages = ["jpn", "jpn_vert", "eng"]

    /// The program's absolute path.
    public let program: String

    /// The program's version, such as `5.3.0`.
    public let version: String

    /// Those of the wanted languages that are there, at least one.
    public let languages: [String]

    /// Whether Tesseract can find out how a picture is turned.
    public let findsOrientation: Bool

    /// What is missing, in one sentence; `nil` when nothing is.
    public var missing: String? {
        var names = Self.wantedLanguages.filter { !languages.contains($0) }
        if !findsOrientation { names.append("osd") }
        guard !names.isEmpty else { return nil }
        let packages = names.map { "tesseract-ocr-" + $0.replacing("_", with: "-") }
        return
            "Tesseract lacks \(names.joined(separator: ", ")), so some text in pictures is not read; "
            + "install \(packages.joined(separator: " "))."
    }

    /// Looks for Tesseract, and asks it what it has.
    ///
    /// - Parameter program: The program's path; `nil` to look for `tesseract` along `PATH`.
    /// - Throws: `MekikiError` with code `unavailable` that says what to install.
    public init(program: String? = nil) throws {
        guard let program = program ?? Self.path(of: "tesseract") else {
            throw MekikiError(
                .unavailable,
                "Tesseract, which reads the text in pictures, is not installed. "
                    + "Install tesseract-ocr and tesseract-ocr-jpn."
            )
        }
        let first = try Self.ask(program, "--version").first ?? ""
        let known = Set(try Self.ask(program, "--list-langs").dropFirst())
        let languages = Self.wantedLanguages.filter(known.contains)
        guard !languages.isEmpty else {
            throw MekikiError(
                .unavailable,
                "Tesseract has none of the languages that Mekiki reads. "
                    + "Install tesseract-ocr-jpn and tesseract-ocr-eng.",
                subject: program
            )
        }
        self.init(
            program: program,
            version: first.split(separator: " ").last.map(String.init) ?? "?",
            languages: languages,
            findsOrientation: known.contains("osd")
        )
    }

    /// States what is there.
    init(program: String, version: String, languages: [String], findsOrientation: Bool) {
        self.program = program
        self.version = version
        self.languages = languages
        self.findsOrientation = findsOrientation
    }

    private static func path(of name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        // Only absolute ones: a program of the folder one stands in is never meant.
        return folders.split(separator: ":").lazy.filter { $0.hasPrefix("/") }.map {
            "\($0)/\(name)"
        }
        .first { access($0, X_OK) == 0 }
    }

    private static func ask(_ program: String, _ option: String) throws -> [String] {
        let folder = try PrivateFolder()
        let ending = try ChildProcess.run(
            program,
            [option],
            output: folder.file("output"),
            errors: folder.file("errors"),
            limit: .seconds(30)
        )
        guard ending == .exited(0) else {
            throw MekikiError(
                .unavailable,
                "Tesseract doesn't answer (\(ending) for \(option)). Install it anew.",
                subject: program
            )
        }
        // Older ones write their version to the other stream.
        let text = ["output", "errors"].map { name in
            (try? String(
                decoding: Data(contentsOf: URL(filePath: folder.file(name))),
                as: UTF8.self
            ))
                ?? ""
        }
        return text.joined(separator: "\n").split(whereSeparator: \.isNewline).map(String.init)
    }
}
