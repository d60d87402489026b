import Foundation
import GRDB
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

/// Damaged catalogs, and what is made of them.
///
/// Scripts/faults/damage.py does the same to whole libraries.
@Suite struct CatalogRepairTests {
    private static let imageCount = 400
    private let folder: TemporaryFolder
    private let path: URL

    init() async throws {
        folder = try TemporaryFolder()
        path = folder.file(SQLiteCatalog.fileName)
        let catalog = try SQLiteCatalog(path: path)
        for start in stride(from: 0, to: Self.imageCount, by: 50) {
            try await catalog.apply(CatalogSample.additions(from: start, count: 50))
        }
        try await catalog.setTags(
            CatalogSample.tags(1...Int64(Self.imageCount)),
            of: "pets",
            in: CatalogSample.space
        )
        try catalog.close()
    }

    /// The pages of a table or an index that hold rows.
    private func pages(of name: String) throws -> [Int] {
        let queue = try DatabaseQueue(path: path.path)
        defer { try? queue.close() }
        return try queue.read {
            try Int.fetchAll(
                $0,
                sql: "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'",
                arguments: [name]
            )
        }
    }

    private func overwrite(_ page: Int, with byte: UInt8 = 0xA5) throws {
        let file = try FileHandle(forUpdating: path)
        try file.seek(toOffset: UInt64((page - 1) * CatalogSchema.pageSize))
        try file.write(contentsOf: Data(repeating: byte, count: CatalogSchema.pageSize))
        try file.close()
    }

    /// Says of every image what its text was, as its file does.
    private func textOf(_ location: FileLocation, _: ContentHash) -> ImageMetadata? {
        let name = String(location.name.dropLast(".png".count))
        return ImageMetadata(textChunks: [.init(key: "parameters", text: name)])
    }

    private func repair() throws -> RepairReport { try CatalogRepair.run(path, texts: textOf) }

    @Test func wordsAreSaved() async throws {
        let catalog = try SQLiteCatalog(path: path)
        let ids = try await catalog.files(under: nil).map(\.imageID)
        let metadata = CatalogCompatibility.described
        let line = TextLine(text: "営業中", confidence: 1, x: 0, y: 0.5, width: 1, height: 0.25)
        let work = FinishedWork.Work("ocr", version: "1")
        try await catalog.apply(
            CatalogChanges(
                texts: [
                    TextChange(
                        imageID: ids[1],
                        origin: .ocr,
                        texts: [.init(key: "text", text: line.text)],
                        lines: [line]
                    )
                ],
                metadata: [ids[0]: metadata],
                finished: [FinishedWork(imageID: ids[1], work: work, failure: nil)]
            )
        )
        try catalog.close()
        // The sums of nothing else are looked at when no page is damaged.
        try overwrite(1)
        _ = try CatalogRepair.run(path) { _, _ in nil }
        let repaired = try SQLiteCatalog(path: path)
        try await repaired.checkIntegrity()
        #expect(try await repaired.images([ids[0]]).first?.content.metadata == metadata)
        #expect(try await repaired.lines(of: [ids[1]]) == [ids[1]: [line]])
        let words = TextQuery(alternatives: [[.init("三毛猫")]])
        let found = try await repaired.matches(of: words, TextRequest(limit: 9))
        #expect(found.matches.map(\.id) == [ids[0]])
    }

    /// Everything but the lost part is there, and another run would bring that back.
    private func expectSound(_ report: RepairReport) async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.checkIntegrity()
        let files = try await catalog.files(under: nil)
        #expect(files.count == report.fileCount)
        let images = try await catalog.images(files.map(\.imageID))
        for (file, image) in zip(files, images) {
            let name = String(file.location.name.dropLast(".png".count))
            #expect(image.content == CatalogSample.content(name))
            // Numbers were given in the order of arrival.
            #expect(image.id.rawValue == Int64(name).map { $0 + 1 })
        }
        let tags = try await catalog.tags(of: images.map(\.id))
        // Images whose files are lost keep theirs until the next run.
        #expect(try await catalog.labelSets().map(\.tagCount).reduce(0, +) == report.tagCount)
        for (id, tags) in tags {
            #expect(tags.map(\.label) == ["cat"])
            #expect(tags.first?.probability == (id.rawValue % 2 == 0 ? 1 : 0.75))
        }
        let found = try await CatalogSample.nearest(catalog).total
        let waiting = try await catalog.imagesWithoutVector(in: CatalogSample.space).count
        #expect(found + waiting == images.count)
        try await catalog.apply(CatalogSample.additions(from: 0, count: Self.imageCount))
        #expect(try await CatalogSample.nearest(catalog).total == Self.imageCount)
        // Nobody else's number is given to an image that comes again.
        let ids = try await catalog.files(under: nil).map(\.imageID.rawValue)
        #expect(Set(ids).count == Self.imageCount)
        try catalog.close()
    }

    @Test(arguments: [
        "image", "vector", "text_field", "file", "tag", "image_change", "file_by_image",
        "vector_by_image", "tag_by_label", "sqlite_autoindex_image_1", "image_by_arrival",
    ])
    func aDamagedPageCostsWhatStoodOnIt(_ name: String) async throws {
        let pages = try pages(of: name)
        try overwrite(try #require(pages.first))
        let error = await #expect(throws: MekikiError.self) {
            try await SQLiteCatalog(path: path).checkIntegrity()
        }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("mekiki doctor --repair") == true)
        let report = try repair()
        #expect(report.damagedPageCount >= 1)
        #expect(report.imageCount > Self.imageCount / 3)
        try await expectSound(report)
    }

    /// Without it nothing says which page belongs to which table.
    @Test func theFirstPageIsNotNeeded() async throws {
        try overwrite(1)
        let report = try repair()
        #expect(report.imageCount == Self.imageCount)
        #expect(report.vectorCount == Self.imageCount)
        #expect(report.textCount == Self.imageCount)
        #expect(report.tagCount == Self.imageCount)
        try await expectSound(report)
    }

    @Test func lostTagsAreTold() async throws {
        let pages = try pages(of: "tag")
        try overwrite(try #require(pages.first))
        let report = try repair()
        #expect(report.mayLackTags)
        #expect(report.tagCount < Self.imageCount)
        #expect(report.imageCount == Self.imageCount)
        try await expectSound(report)
    }

    @Test func aSpaceThatIsLostTakesItsTagsAlong() async throws {
        try overwrite(try #require(try pages(of: "space").first))
        let report = try repair()
        #expect(report.vectorCount == 0)
        #expect(report.tagCount == 0)
        try await expectSound(report)
    }

    @Test func nothingIsSavedOfWhatIsNoCatalog() async throws {
        let text = Data(String(repeating: "holiday photos ", count: 1000).utf8)
        try text.write(to: path)
        let report = try repair()
        #expect(report.imageCount == 0)
        #expect(try Data(contentsOf: URL(filePath: report.keptAs)) == text)
        try await expectSound(report)
    }

    @Test func theDamagedFileIsKeptAndNoneReplaced() throws {
        let page = try #require(try pages(of: "vector").first)
        try overwrite(page)
        let damaged = try Data(contentsOf: path)
        #expect(try repair().keptAs == path.path + ".damaged-1")
        #expect(try Data(contentsOf: URL(filePath: path.path + ".damaged-1")) == damaged)
        #expect(try repair().keptAs == path.path + ".damaged-2")
        #expect(try Data(contentsOf: URL(filePath: path.path + ".damaged-1")) == damaged)
    }

    /// What is in the log alone is saved too.
    @Test func theLogIsRead() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 1000, count: 5))
        let log = try Data(contentsOf: URL(filePath: path.path + "-wal"))
        let file = try Data(contentsOf: path)
        try catalog.close()
        try file.write(to: path)
        try log.write(to: URL(filePath: path.path + "-wal"))
        try overwrite(try #require(pagesWithoutLog().last), with: 0)
        let report = try repair()
        #expect(report.imageCount > Self.imageCount / 3)
        let repaired = try SQLiteCatalog(path: path)
        let names = try await repaired.files(under: nil).map(\.location.name)
        #expect(names.contains("1004.png"))
        #expect(try Data(contentsOf: URL(filePath: report.keptAs + "-wal")) == log)
    }

    /// Pages that hold vectors, told without opening the file, which would put the log into it.
    private func pagesWithoutLog() throws -> [Int] {
        let descriptor = open(path.path, O_RDONLY)
        defer { close(descriptor) }
        let pages = DatabasePages(file: descriptor, log: [], defaultSize: CatalogSchema.pageSize)
        return (2...pages.count).filter { number in
            guard let page = TreePage(number, of: pages), let cell = page.cells.first else {
                return false
            }
            return SalvagedTable(cell.record, on: page.kind) == .vector
        }
    }

    @Test func aNewerLibraryIsRefusedAndLeftAlone() throws {
        let queue = try DatabaseQueue(path: path.path)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 new')") }
        try queue.close()
        let before = try Data(contentsOf: path)
        let error = #expect(throws: MekikiError.self) { try repair() }
        #expect(error?.code == .configuration)
        #expect(try Data(contentsOf: path) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }

    /// Wherever a repair ends by force, the next one ends well.
    @Test(arguments: 0..<5)
    func aRepairThatWasCutOffIsCompleted(_ step: Int) async throws {
        try overwrite(try #require(pages(of: "vector").first))
        let damaged = try Data(contentsOf: path)
        let report = try repair()
        let repaired = try Data(contentsOf: path)
        // Back to what the steps leave, in their order.
        try FileManager.default.removeItem(atPath: report.keptAs)
        try damaged.write(to: path)
        let finished = URL(filePath: path.path + ".repaired")
        if step == 0 {
            try repaired.prefix(5000).write(to: URL(filePath: path.path + ".repairing"))
        } else {
            try repaired.write(to: finished)
        }
        if step >= 2 { #expect(link(path.path, report.keptAs) == 0) }
        if step >= 3 { try Data([1]).write(to: URL(filePath: path.path + "-wal")) }
        if step >= 4 { try FileManager.default.removeItem(at: path) }
        #expect(CatalogRepair.isUnfinished(path) == (step > 0))
        if step == 0 { _ = try repair() } else { try CatalogRepair.complete(path) }
        #expect(!CatalogRepair.isUnfinished(path))
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.checkIntegrity()
        #expect(try await catalog.statistics().imageCount == Self.imageCount)
        #expect(try Data(contentsOf: URL(filePath: report.keptAs)) == damaged)
        #expect(!FileManager.default.fileExists(atPath: path.path + ".repairing"))
    }

    /// Vectors of texts, the choice of models and the folders of spaces are saved like the rest.
    @Test func spacesAndVectorsOfTextsAreSaved() async throws {
        let texts = VectorSpace(model: "texts", revision: "1", dimension: 8, role: .text)
        let chosen = ChosenSpace(space: CatalogSample.space, folder: "/models/model")
        let next = ChosenSpace(space: VectorSpace(model: "next", revision: "1", dimension: 4))
        let catalog = try SQLiteCatalog(path: path)
        _ = try await catalog.select(.adopt(chosen), for: .image)
        _ = try await catalog.select(.request(next), for: .image)
        _ = try await catalog.select(.adopt(ChosenSpace(space: texts)), for: .text)
        let known = try await catalog.files(under: nil).map(\.imageID)
        let captions = known.map { id in
            TextChange(imageID: id, origin: .user, texts: [.init(key: "caption", text: "\(id)")])
        }
        try await catalog.apply(CatalogChanges(texts: captions))
        for text in try await catalog.textsWithoutVector(in: texts, limit: .max) {
            let vector = Embedding(unit: [0, 1, 0, 0, 0, 0, 0, 0])
            try await catalog.apply(
                CatalogChanges(textVectors: [
                    .init(textID: text.id, space: texts, embedding: vector)
                ])
            )
        }
        try catalog.close()
        try overwrite(try #require(pages(of: "vector").first))
        try overwrite(1)
        let report = try repair()
        #expect(report.settingCount == 3)
        #expect(report.imagesToEncode > 0)
        let repaired = try SQLiteCatalog(path: path)
        try await repaired.checkIntegrity()
        #expect(
            try await repaired.selection(of: .image)
                == SpaceSelection(current: chosen, pending: next)
        )
        #expect(try await repaired.selection(of: .text).current?.space == texts)
        #expect(try await repaired.lackingCount(in: texts) == 0)
        let images = try await repaired.files(under: nil).map(\.imageID)
        let vectors = try await repaired.textEmbeddings(of: images, in: texts)
        #expect(vectors.count == Self.imageCount)
        let words = TextQuery(alternatives: [[.init("\(known[7])")]])
        let found = try await repaired.matches(
            of: words,
            TextRequest(targets: [.caption], limit: 9)
        )
        #expect(found.matches.map(\.id) == [known[7]])
        #expect(
            try await repaired.lackingCount(in: CatalogSample.space) == report.imagesToEncode
        )
    }
}
