import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Synchronization
import Testing

@testable import MekikiSearch

/// Images get their words in turns, while the catalog may change between them.
@Suite struct WordsFillingTests {
    private let bench: FlowBench
    private let ocr = FakeOCREngine(faulty: "unreadable")
    private let tower = FakeEncoder(model: "words")

    init() throws { bench = try FlowBench() }

    private func filling(
        ocr: (any OCREngine)? = nil,
        encoder: (any TextEncoder)? = nil,
        metadata: String = "1"
    ) -> WordsFilling {
        WordsFilling(
            catalog: bench.catalog,
            reader: bench.reader,
            ocr: ocr,
            encoder: encoder,
            metadataVersion: metadata,
            threadCount: 2
        )
    }

    /// Gives every turn at once, after something.
    private func turns(
        _ before: @escaping @Sendable (Int) async throws -> Void = { _ in }
    ) -> WordsFilling.Turn {
        let count = Counter()
        return { _, work in
            try await before(count.next())
            try await work()
        }
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    private func id(_ path: String) async throws -> ImageID {
        let file = try await bench.catalog.files(under: nil).first { $0.location.path == path }
        return try #require(file).imageID
    }

    private func texts(_ path: String, _ origin: TextOrigin) async throws -> [String] {
        let id = try await id(path)
        return try await bench.catalog.texts(of: [id])[id, default: []]
            .filter { $0.id.origin == origin.rawValue }.map { "\($0.key)=\($0.text)" }
    }

    @Test func textInPicturesIsReadOnce() async throws {
        for number in 0..<30 { try bench.put("\(number).png", "sign number\(number)") }
        try bench.put("bad.png", "unreadable")
        try await bench.index()
        let report = try await filling(ocr: ocr)(turns())
        #expect(report.readCount == 30 && report.foundCount == 30 && report.failedCount == 1)
        #expect(try await texts("7.png", .ocr) == ["text=sign\nnumber7"])
        let id = try await id("7.png")
        #expect(try await bench.catalog.lines(of: [id])[id]?.map(\.text) == ["sign", "number7"])
        #expect(ocr.readCount == 31)
        // Neither again, nor the one that failed.
        _ = try await filling(ocr: ocr)(turns())
        #expect(ocr.readCount == 31)
        // Another version does all anew.
        let other = FakeOCREngine(version: "fake 2")
        #expect(try await filling(ocr: other)(turns()).readCount == 31)
        #expect(try await texts("bad.png", .ocr) == ["text=unreadable"])
    }

    @Test func aSettingTurnsOCROff() async throws {
        try bench.put("a.png", "sign")
        try await bench.index()
        try await bench.catalog.set(WordsFilling.ocrSetting, to: "off")
        #expect(try await filling(ocr: ocr)(turns()).readCount == 0)
        try await bench.catalog.set(WordsFilling.ocrSetting, to: nil)
        #expect(try await filling(ocr: ocr)(turns()).readCount == 1)
    }

    @Test func stoppedItGoesOnWhereItWas() async throws {
        for number in 0..<60 { try bench.put("\(number).png", "sign number\(number)") }
        try await bench.index()
        let task = Mutex<Task<WordsReport, any Error>?>(nil)
        let turns = turns { if $0 == 5 { task.withLock { $0?.cancel() } } }
        let filling = filling(ocr: ocr, encoder: WordEncoder(tower))
        let running = Task {
            // Not before its name is known, or it could not be cancelled in time.
            while task.withLock({ $0 == nil }) { await Task.yield() }
            return try await filling(turns)
        }
        task.withLock { $0 = running }
        let first = try await running.value
        #expect(first.wasStopped)
        #expect(first.readCount < 60)
        let second = try await filling(self.turns())
        #expect(!second.wasStopped)
        #expect(first.readCount + second.readCount == 60)
        #expect(ocr.readCount == 60)
        #expect(try await bench.catalog.lackingCount(in: WordEncoder(tower).space) == 0)
    }

    @Test func imagesOfAnOlderVersionAreReadAgain() async throws {
        try bench.putBytes("a.png", FakeImage("cat").data)
        try bench.put("gone.png", "dog")
        try bench.put("broken.png", "bird")
        try await bench.index()
        try bench.delete("gone.png")
        let reads = bench.reader.readCount
        #expect(try await bench.catalog.awaitingCount(.init("metadata", version: "1")) == 3)
        let report = try await filling()(turns())
        #expect(report.metadataCount == 2 && report.passedOverCount == 1)
        #expect(bench.reader.readCount == reads + 2)
        // What is gone is looked for once more; the others are not read again.
        #expect(try await filling()(turns()).metadataCount == 0)
        #expect(bench.reader.readCount == reads + 2)
        #expect(try await filling(metadata: "2")(turns()).metadataCount == 2)
    }

    @Test func newImagesNeedNoSecondReading() async throws {
        try bench.put("a.png", "cat")
        let indexer = Indexer(
            catalog: bench.catalog,
            reader: bench.reader,
            encoder: bench.encoder,
            thumbnails: bench.thumbnails,
            options: IndexingOptions(metadataVersion: "1")
        )
        _ = try await indexer.run([bench.folder.url.path])
        #expect(try await filling()(turns()).metadataCount == 0)
        #expect(try await filling(metadata: "2")(turns()).metadataCount == 1)
    }

    @Test func textsGetVectors() async throws {
        try bench.put("a.png", "sign")
        try bench.put("b.png", "shop")
        try await bench.index()
        let id = try await id("a.png")
        let long = (0..<200).map { "word\($0)" }.joined(separator: " ") + " needle"
        _ = try await WordEditing(catalog: bench.catalog).setCaption(long, of: id)
        try bench.putBytes("b.txt", Data("a red shop".utf8))
        let encoder = WordEncoder(tower)
        let report = try await filling(ocr: ocr, encoder: encoder)(turns())
        // Two pictures' texts, a caption and a sidecar.
        #expect(report.vectorCount == 4)
        #expect(report.sidecarCount == 1)
        #expect(try await bench.catalog.lackingCount(in: encoder.space) == 0)
        #expect(encoder.space.role == .text)
        let query = try await encoder.encode(["a red shop"])[0]
        let request = TextRequest(targets: [.caption, .ocr], limit: 2)
        let found = try await bench.catalog.nearestTexts(to: query, in: encoder.space, request)
        #expect(try await found.neighbors.first?.id.imageID == self.id("b.png"))
        // Once more changes nothing.
        #expect(try await filling(ocr: ocr, encoder: encoder)(turns()).vectorCount == 0)
    }

    @Test func textFilesAreComparedByContent() async throws {
        try bench.put("a.png", "cat")
        try bench.put("sub/b.jpg", "dog")
        try bench.put("c.png", "bird")
        try bench.putBytes("a.txt", Data("a cat on a mat".utf8))
        try bench.putBytes("sub/b.jpg.caption", Data("犬".utf8))
        try await bench.index()
        #expect(try await filling()(turns()).sidecarCount == 2)
        #expect(try await texts("a.png", .sidecar) == ["caption=a cat on a mat"])
        #expect(try await texts("sub/b.jpg", .sidecar) == ["caption=犬"])
        #expect(try await filling()(turns()).sidecarCount == 0)
        // Of the same length and time: only the content tells.
        try bench.putBytes("a.txt", Data("a cat on a hat".utf8))
        try bench.setTime("a.txt", 1_000_000)
        try bench.delete("sub/b.jpg.caption")
        try bench.putBytes("c.json", Data(#"{"prompt": "a bird", "seed": 7}"#.utf8))
        #expect(try await filling()(turns()).sidecarCount == 3)
        #expect(try await texts("a.png", .sidecar) == ["caption=a cat on a hat"])
        #expect(try await texts("sub/b.jpg", .sidecar) == [])
        #expect(try await texts("c.png", .sidecar).first == "prompt=a bird")
        #expect(try await filling()(turns()).sidecarCount == 0)
    }

    /// A folder that can't be listed takes no words away.
    @Test func anAbsentFolderLeavesItsWords() async throws {
        try bench.put("sub/a.png", "cat")
        try bench.putBytes("sub/a.txt", Data("a cat".utf8))
        try await bench.index()
        _ = try await filling()(turns())
        try bench.move("sub", "elsewhere")
        #expect(try await filling()(turns()).sidecarCount == 0)
        #expect(try await texts("sub/a.png", .sidecar) == ["caption=a cat"])
    }

    @Test func progressIsTold() async throws {
        try bench.put("a.png", "sign")
        try await bench.index()
        let phases = Mutex<[WordsProgress.Phase]>([])
        _ = try await filling(ocr: ocr, encoder: WordEncoder(tower))(turns()) { state in
            phases.withLock { if $0.last != state.phase { $0.append(state.phase) } }
        }
        #expect(
            phases.withLock { $0 } == [.sidecars, .metadata, .vectors, .ocr, .vectors]
        )
    }
}
