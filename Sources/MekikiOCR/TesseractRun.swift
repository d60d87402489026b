import Foundation
import MekikiCore

/// Gives pictures to one process of Tesseract, and alone to processes of their own where that fails.
///
/// A process takes 0.2 s to load its languages, so it reads several pictures. Whatever happens in it costs
/// no more than the picture that caused it.
struct TesseractRun: Sendable {
    /// The program and its languages.
    let installation: TesseractInstallation

    /// How long a process may take to start.
    let startLimit: Duration

    /// How long it may take for each picture on top of that.
    let pictureLimit: Duration

    /// Reads pictures.
    ///
    /// - Parameter pictures: The pictures.
    /// - Returns: For each picture the lines that Tesseract found, or why it could not be read.
    /// - Throws: `MekikiError` when Tesseract reads nothing at all, or the disk is full.
    func callAsFunction(
        _ pictures: [GrayPicture]
    ) throws -> [Result<[TesseractTable.Line], MekikiError>] {
        guard !pictures.isEmpty else { return [] }
        let (ending, pages) = try read(pictures)
        let wanted = 1...pictures.count
        if ending == .exited(0), wanted.allSatisfy({ pages[$0] != nil }) {
            return wanted.map { .success(pages[$0] ?? []) }
        }
        guard pictures.count == 1 else { return try pictures.flatMap { try self([$0]) } }
        if case .exited = ending, try !isSound() {
            throw MekikiError(
                .unavailable,
                "Tesseract reads nothing, not even an empty picture (\(ending)). Install it anew.",
                subject: installation.program
            )
        }
        return [.failure(Self.error(ending))]
    }

    private func isSound() throws -> Bool {
        let blank = GrayPicture(
            PixelBuffer(width: 64, height: 64, bytes: [UInt8](repeating: 255, count: 3 * 64 * 64)),
            scale: 1
        )
        return try read([blank]).ending == .exited(0)
    }

    private func read(
        _ pictures: [GrayPicture]
    ) throws -> (ending: ChildProcess.Ending, pages: [Int: [TesseractTable.Line]]) {
        let folder = try PrivateFolder()
        var list = ""
        for (index, picture) in pictures.enumerated() {
            try folder.write([picture.header, picture.bytes], to: "\(index).pgm")
            list += folder.file("\(index).pgm") + "\n"
        }
        try folder.write([Array(list.utf8)], to: "pictures.txt")
        let ending = try ChildProcess.run(
            installation.program,
            [
                folder.file("pictures.txt"), "-", "-l",
                installation.languages.joined(separator: "+"), "--psm",
                installation.findsOrientation ? "1" : "3", "tsv",
            ],
            // Debian's build would start a thread for each processor, and they wait by spinning.
            environment: ["OMP_THREAD_LIMIT": "1"],
            output: folder.file("output"),
            errors: folder.file("errors"),
            limit: startLimit + pictureLimit * pictures.count
        )
        let table = try? Data(contentsOf: URL(filePath: folder.file("output")))
        return (ending, TesseractTable(String(decoding: table ?? Data(), as: UTF8.self)).pages)
    }

    private static func error(_ ending: ChildProcess.Ending) -> MekikiError {
        let reason =
            switch ending {
            case .exited(let status): "ended with status \(status)"
            case .signalled(let signal): "was ended by signal \(signal)"
            case .overdue: "took too long"
            }
        return MekikiError(.badData, "The text of this picture can't be read: Tesseract \(reason).")
    }
}
