import Foundation
import MekikiCore
import MekikiSearch
import Testing

@Suite struct ImageLookupTests {
    private let hash = ContentHash(of: Data("cat".utf8))

    private var lookup: ImageLookup {
        func file(_ path: String, _ id: Int64, isMissing: Bool = false) -> FileRecord {
            FileRecord(
                location: FileLocation(root: "/no/photos", path: path),
                stamp: FileStamp(byteCount: 1, modifiedAt: 2),
                imageID: ImageID(rawValue: id),
                isMissing: isMissing
            )
        }
        return ImageLookup(
            [
                file("animals/cat.jpg", 1), file("animals/copy of cat.jpg", 1),
                file("old/cat.jpg", 2), file("dog.jpg", 3), file("lost.jpg", 4, isMissing: true),
                file("back.jpg", 5, isMissing: true), file("here.jpg", 5),
            ],
            contents: [hash: ImageID(rawValue: 1)],
            folders: ["/no/photos/old", "/no/photos"]
        )
    }

    @Test(arguments: [
        ("/no/photos/dog.jpg", 3), ("/no/photos/../photos/./dog.jpg", 3), ("dog.jpg", 3),
        ("animals/cat.jpg", 1), ("copy of cat.jpg", 1), ("photos/old/cat.jpg", 2), ("back.jpg", 5),
        // The first folder has one of this name.
        ("cat.jpg", 2),
    ])
    func pathsAreFoundFromSeveralPlaces(_ path: String, _ id: Int64) throws {
        #expect(try lookup.image(.path(path)).rawValue == id)
    }

    @Test func numbersAndContentsAreFound() throws {
        #expect(try lookup.image(.number(ImageID(rawValue: 3))).rawValue == 3)
        #expect(try lookup.image(.content(hash)).rawValue == 1)
    }

    @Test(arguments: [
        ImageReference.path("/elsewhere/dog.jpg"), .path("og.jpg"), .path("lost.jpg"),
        .number(ImageID(rawValue: 9)), .number(ImageID(rawValue: 4)),
        .content(ContentHash(of: Data("other".utf8))),
    ])
    func whatIsNotThereIsSaid(_ reference: ImageReference) {
        let error = #expect(throws: MekikiError.self) { try lookup.image(reference) }
        #expect(error?.code == .noInput)
        #expect(error?.subject == reference.description)
    }

    @Test func anEndThatSeveralPathsHaveIsRefused() {
        let files = ["a/cat.jpg", "b/cat.jpg"].enumerated().map { index, path in
            FileRecord(
                location: FileLocation(root: "/no", path: path),
                stamp: FileStamp(byteCount: 1, modifiedAt: 2),
                imageID: ImageID(rawValue: Int64(index + 1))
            )
        }
        let lookup = ImageLookup(files, contents: [:], folders: [])
        let error = #expect(throws: MekikiError.self) { try lookup.image(.path("cat.jpg")) }
        #expect(error?.code == .usage)
        #expect((try? lookup.image(.path("b/cat.jpg")).rawValue) == 2)
    }
}
