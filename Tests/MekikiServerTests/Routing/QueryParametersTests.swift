import MekikiKit
import Testing

@testable import MekikiServer

@Suite struct QueryParametersTests {
    @Test func textsAreDecodedAsFormsSendThem() throws {
        let parameters = try QueryParameters("q=%E7%8C%AB+cat&empty=&bare&a%20b=1%2B1&&x=a=b")
        #expect(parameters.text("q") == "猫 cat")
        #expect(parameters.text("empty")?.isEmpty == true)
        #expect(parameters.text("bare")?.isEmpty == true)
        #expect(parameters.text("a b") == "1+1")
        #expect(parameters.text("x") == "a=b")
        #expect(parameters.text("absent") == nil)
    }

    @Test(arguments: ["q=%", "q=%FF", "%zz=1", "q=%E7%8C"])
    func whatIsNoTextIsRefused(_ query: String) {
        let problem = #expect(throws: Problem.self) { try QueryParameters(query) }
        #expect(problem?.status == .badRequest)
    }

    @Test func aPersonMayTypeAnything() {
        let parameters = QueryParameters(lenient: "q=100%&x=%E7%8C%AB+%&=&%FF")
        #expect(parameters.text("q") == "100%")
        #expect(parameters.text("x") == "%E7%8C%AB+%")
    }

    @Test func unknownAndRepeatedNamesAreRefused() throws {
        let parameters = try QueryParameters("q=1&like=1&like=2")
        try parameters.checkNames(["q", "like"], repeatable: ["like"])
        #expect(throws: Problem.self) { try parameters.checkNames(["q", "like"]) }
        let problem = #expect(throws: Problem.self) {
            try parameters.checkNames(["q"], repeatable: ["like"])
        }
        #expect(problem?.detail.contains("“like”") == true)
    }

    @Test func numbersAreWholeAndWithinBounds() throws {
        func limit(_ text: String) throws -> Int {
            try QueryParameters("limit=\(text)").integer("limit", in: 1...200, default: 16)
        }
        #expect(try limit("1") == 1)
        #expect(try limit("200") == 200)
        #expect(try QueryParameters(nil).integer("limit", in: 1...200, default: 16) == 16)
        for text in ["0", "201", "-1", "1.0", "", "x", "1e2", "%2B1", "９", "99999999999999999999"] {
            #expect(throws: Problem.self, "\(text)") { try limit(text) }
        }
    }

    @Test func imagesAreNamedByNumber() throws {
        let parameters = try QueryParameters("like=3&like=1")
        #expect(try parameters.imageIDs("like", most: 2).map(\.rawValue) == [3, 1])
        #expect(throws: Problem.self) { try parameters.imageIDs("like", most: 1) }
        for text in ["0", "-1", "", "a", "9223372036854775808"] {
            #expect(throws: Problem.self, "\(text)") {
                try QueryParameters("like=\(text)").imageIDs("like", most: 2)
            }
        }
    }
}
