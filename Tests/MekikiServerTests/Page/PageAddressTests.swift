import MekikiKit
import Testing

@testable import MekikiServer

@Suite struct PageAddressTests {
    private func address(_ query: String) throws -> PageAddress {
        PageAddress(try QueryParameters(query))
    }

    @Test(arguments: [
        "", "q=%E7%8C%AB%20%26%20%3D", "like=3&like=1", "image=abc&page=2", "q=a&page=3&id=7",
    ])
    func anAddressComesBack(_ query: String) throws {
        #expect(try address(query).href == (query.isEmpty ? "/" : "/?" + query))
    }

    @Test(arguments: [
        "page=0", "page=-1", "page=x", "page=99999999999999999", "id=0", "like=x", "utm=1",
    ])
    func whatMakesNoSenseIsLeftOut(_ query: String) throws {
        #expect(try address(query) == address(""))
    }

    @Test func pagesHaveSixteenImages() throws {
        #expect(try address("page=3").offset == 32)
    }

    @Test func onlyWordsAndImagesAreASearch() throws {
        #expect(try !address("page=2&id=3").isSearch)
        for query in ["q=a", "like=1", "image=x"] { #expect(try address(query).isSearch) }
        #expect(try !address("q=%20").isSearch)
    }
}
