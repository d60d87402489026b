import Foundation
import MekikiCore

/// Reads the text in pictures with Tesseract, Japanese (along lines and down columns) and English.
///
/// Tesseract runs as a child process: what crashes it, or keeps it busy for ever, costs one picture.
/// Pictures go there without compression, through a temporary folder that only this user can open.
///
/// A picture is read whole. Where that gives little, its nearly black and nearly white parts are read
/// once more, each alone: of 24 drawings with a title in black or white, the title of 13 was read
/// instead of 3. Titles in other colours are missed, as are letters that bend or lean.
public struct TesseractEngine: OCREngine {
    /// The Tesseract that is used.
    public let installation: TesseractInstallation

    /// Names engine, languages, and Mekiki's own way of going about it.
    public var version: String {
        let orientation = installation.findsOrientation ? "osd" : "no-osd"
        let languages = installation.languages.joined(separator: "+")
        return "tesseract-\(installation.version) \(languages) \(orientation) 1"
    }

    /// Pictures that one process reads.
    private static let pictureCount = 8

    private let rule: LineRule
    private let layerRule: LineRule
    private let run: TesseractRun
    private let threads: WorkerThreads

    /// Creates an engine.
    ///
    /// - Parameters:
    ///   - installation: The Tesseract that is used.
    ///   - processCount: How many processes run side by side, 1 or more.
    public init(
        _ installation: TesseractInstallation,
        processCount: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
        self.init(
            installation,
            processCount: processCount,
            startLimit: .seconds(20),
            pictureLimit: .seconds(40)
        )
    }

    /// Creates an engine with its own limits.
    init(
        _ installation: TesseractInstallation,
        processCount: Int,
        startLimit: Duration,
        pictureLimit: Duration
    ) {
        PrivateFolder.removeAbandoned()
        self.installation = installation
        rule = LineRule()
        // A layer is rather stripes and leaves than letters.
        layerRule = LineRule(confidence: 0.75, shortConfidence: 0.9)
        run = TesseractRun(
            installation: installation,
            startLimit: startLimit,
            pictureLimit: pictureLimit
        )
        threads = WorkerThreads(count: max(1, processCount), name: "ocr")
    }

    /// Reads pictures, in the order given.
    ///
    /// - Parameter pictures: Upright sRGB pictures of any size; the text in them may be turned.
    /// - Returns: For each picture the lines in reading order, or why it could not be read.
    /// - Throws: `MekikiError` when Tesseract reads nothing at all, or the disk is full.
    public func read(_ pictures: [PixelBuffer]) async throws -> [Result<[TextLine], MekikiError>] {
        let share = (pictures.count + threads.count - 1) / threads.count
        let size = min(max(1, share), Self.pictureCount)
        let groups = stride(from: 0, to: pictures.count, by: size).map { start in
            Array(pictures[start..<min(start + size, pictures.count)])
        }
        return try await withThrowingTaskGroup(
            of: (Int, [Result<[TextLine], MekikiError>]).self
        ) { tasks in
            for (number, group) in groups.enumerated() {
                tasks.addTask { (number, try await threads.run { try readGroup(group) }) }
            }
            var results: [Int: [Result<[TextLine], MekikiError>]] = [:]
            for try await (number, result) in tasks { results[number] = result }
            return groups.indices.flatMap { results[$0] ?? [] }
        }
    }

    private func readGroup(_ pictures: [PixelBuffer]) throws -> [Result<[TextLine], MekikiError>] {
        var results = [Result<[TextLine], MekikiError>](
            repeating: .success([]),
            count: pictures.count
        )
        let readable = pictures.indices.filter {
            min(pictures[$0].width, pictures[$0].height) >= ReadingPlan.leastSide
        }
        let whole = readable.map { index in
            (index, GrayPicture(pictures[index], scale: ReadingPlan.scale(pictures[index])))
        }
        for ((index, picture), found) in zip(whole, try run(whole.map(\.1))) {
            results[index] = found.map { rule.lines($0, of: picture) }
            guard case .success(let lines) = found, let kept = try? results[index].get(),
                ReadingPlan.mayBeTurned(lines, kept)
            else { continue }
            results[index] = .success(try readTurned(picture, instead: kept))
        }

        var layers: [(Int, GrayPicture)] = []
        for index in readable {
            guard case .success(let lines) = results[index], ReadingPlan.needsLayers(lines) else {
                continue
            }
            let scale = ReadingPlan.layerScale(pictures[index])
            for ink in GrayPicture.Ink.allCases {
                let layer = GrayPicture(pictures[index], only: ink, scale: scale)
                guard ReadingPlan.inkShares.contains(layer.inkShare) else { continue }
                layers.append((index, layer))
            }
        }
        for ((index, layer), found) in zip(layers, try run(layers.map(\.1))) {
            // What was read of the whole stays when a layer is too much for Tesseract.
            guard case .success(let found) = found else { continue }
            let others = layerRule.lines(found, of: layer)
            results[index] = results[index].map { ReadingPlan.merge($0, others) }
        }
        return results
    }

    /// What is text in the best direction.
    private func readTurned(
        _ picture: GrayPicture,
        instead first: [TextLine]
    ) throws -> [TextLine] {
        let quarters = [1, 2, 3]
        let turned = quarters.map(picture.turned)
        var best = first
        for ((quarters, picture), found) in zip(zip(quarters, turned), try run(turned)) {
            guard case .success(let found) = found else { continue }
            let lines = rule.lines(found, of: picture)
            guard ReadingPlan.isBetter(lines, than: best) else { continue }
            best = lines.map { $0.turnedBack(quarters) }
        }
        return best
    }
}
