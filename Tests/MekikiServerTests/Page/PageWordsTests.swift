import Foundation
import MekikiKit
import Testing

@testable import MekikiServer

@Suite struct PageWordsTests {
    private let words: PageWords

    init() throws {
        words = try PageWords(
            Data(
                #"{"pageOf":"{page} / {pages}","totalImagesOne":"{n} image","totalImagesOther":"{n} images"}"#
                    .utf8
            )
        )
    }

    @Test func valuesStandInTheirPlaces() {
        #expect(words.sentence("pageOf", ["page": "3", "pages": "8"]) == "3 / 8")
    }

    @Test func numbersChooseTheirFormAndAreGrouped() {
        #expect(words.count("totalImages", 1) == "1 image")
        #expect(words.count("totalImages", 0) == "0 images")
        #expect(words.count("totalImages", 1_234_567) == "1,234,567 images")
    }

    @Test func otherJSONIsRefused() {
        #expect(throws: MekikiError.self) { try PageWords(Data(#"{"a":1}"#.utf8)) }
    }

    @Test func bothLanguagesHaveWhatTheServerSays() throws {
        let files = try PageFiles(folder: ServerBench.page)
        for language in PageLanguage.allCases {
            let all = try #require(files.words[language]).all
            let needed = [
                "pageOf", "totalImagesOne", "totalImagesOther", "totalResultsOne",
                "totalResultsOther",
            ]
            for key in needed { #expect(all[key] != nil, "\(language): \(key)") }
            #expect(all["pageOf"]?.contains("{page}") == true)
            #expect(all["pageOf"]?.contains("{pages}") == true)
        }
        #expect(
            files.words[.japanese]?.all.keys.sorted() == files.words[.english]?.all.keys.sorted()
        )
    }
}
