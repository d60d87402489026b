import Foundation
import MekikiCore
import MekikiSearch
import Testing

@Suite struct JudgedQueryFileTests {
    @Test func allThatALineMayHold() throws {
        let hash = ContentHash(of: Data("cat".utf8))
        let file = JudgedQueryFile(
            """
            {"query": "夜の海", "images": ["sea/night.jpg", 12, "\(hash)"], "kind": "scene"}

            {"query": "a cat", "images": [{"image": "cat.jpg", "grade": 2}, {"image": 3}], \
            "language": "FR", "id": 7}\r
            """
        )
        #expect(file.problems.isEmpty)
        let queries = file.queries
        #expect(queries.map(\.line) == [1, 3])
        #expect(queries.map(\.words) == ["夜の海", "a cat"])
        #expect(queries.map(\.language) == ["ja", "fr"])
        #expect(queries.map(\.isLanguageDetected) == [true, false])
        #expect(queries.map(\.kind) == ["scene", nil])
        #expect(
            queries[0].images.map(\.image)
                == [.path("sea/night.jpg"), .number(ImageID(rawValue: 12)), .content(hash)]
        )
        #expect(queries[0].images.map(\.grade) == [1, 1, 1])
        #expect(
            queries[1].images.map(\.image) == [.path("cat.jpg"), .number(ImageID(rawValue: 3))]
        )
        #expect(queries[1].images.map(\.grade) == [2, 1])
    }

    @Test func imagesOfGradeZeroAreNotRight() throws {
        let file = JudgedQueryFile(
            #"{"query": "a", "images": [{"image": 1, "grade": 0}, {"image": 2, "grade": 0.5}]}"#
        )
        #expect(file.queries.first?.images.map(\.grade) == [0.5])
    }

    @Test(arguments: [
        ("a cat", "no JSON"), ("{\"query\": \"a\"", "no JSON"), ("[1]", "no JSON object"),
        ("{\"images\": [1]}", "“query”"), ("{\"query\": \" \", \"images\": [1]}", "“query”"),
        ("{\"query\": \"a\"}", "“images”"), ("{\"query\": \"a\", \"images\": []}", "“images”"),
        ("{\"query\": \"a\", \"images\": [{\"image\": 1, \"grade\": 0}]}", "“images”"),
        ("{\"query\": \"a\", \"images\": [true]}", "“images 1”"),
        ("{\"query\": \"a\", \"images\": \"x\"}", "“images”"),
        ("{\"query\": 5, \"images\": [1]}", "“query”"),
        ("{\"query\": \"a\", \"images\": [1], \"kind\": []}", "“kind”"),
    ])
    func aLineThatCannotBeUsedIsNamed(_ line: String, _ word: String) {
        let good = #"{"query": "a", "images": [1]}"#
        let file = JudgedQueryFile(good + "\n" + line + "\n" + good)
        #expect(file.queries.map(\.line) == [1, 3])
        #expect(file.problems.map(\.line) == [2])
        let reason = file.problems.first?.reason ?? ""
        #expect(reason.contains(word), "\(reason)")
        #expect(reason.hasSuffix("."))
    }
}
