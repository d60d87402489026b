import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiClients

@Suite struct HubSettingsTests {
    private func settings(_ environment: [String: String]) throws -> HubSettings {
        try HubSettings(environment: ["HOME": "/home/u"].merging(environment) { $1 })
    }

    @Test func nothingSetMeansTheHubAndItsUsualCache() throws {
        let settings = try settings([:])
        #expect(settings.endpoint.absoluteString == "https://huggingface.co")
        #expect(settings.cache.path == "/home/u/.cache/huggingface/hub")
        #expect(settings.token == nil)
        #expect(!settings.isOffline)
        #expect(settings.proxy == nil)
    }

    @Test(arguments: [
        (["HF_HUB_CACHE": "/c", "HF_HOME": "/h"], "/c"),
        (["HUGGINGFACE_HUB_CACHE": "/old"], "/old"),
        (["HF_HOME": "/h", "XDG_CACHE_HOME": "/x"], "/h/hub"),
        (["HF_HOME": "~/h"], "/home/u/h/hub"),
        (["XDG_CACHE_HOME": "/x"], "/x/huggingface/hub"),
    ])
    func theCacheIsWherePythonsClientHasIt(environment: [String: String], path: String) throws {
        #expect(try settings(environment).cache.path == path)
        #expect(
            HubCache(environment: ["HOME": "/home/u"].merging(environment) { $1 }).folder.path
                == path
        )
    }

    @Test func theEndpointLosesItsSlash() throws {
        let settings = try settings(["HF_ENDPOINT": "https://hub.example/mirror/"])
        #expect(settings.endpoint.absoluteString == "https://hub.example/mirror")
    }

    @Test(arguments: ["hub.example", "ftp://hub.example", "https://", "https://u:p@hub.example"])
    func anEndpointThatIsNoneIsNamed(text: String) {
        let error = #expect(throws: MekikiError.self) { try settings(["HF_ENDPOINT": text]) }
        #expect(error?.code == .configuration)
        #expect(error?.subject == "HF_ENDPOINT")
    }

    @Test func theTokenComesFromTheEnvironmentElseFromAFile() throws {
        let folder = try TemporaryFolder()
        try folder.write(Data("hf_file\n".utf8), to: "token")
        try folder.write(Data("hf_other".utf8), to: "elsewhere")
        let home = ["HF_HOME": folder.path]
        func token(_ more: [String: String]) throws -> String? {
            try settings(home.merging(more) { $1 }).token?.secret
        }
        #expect(try token([:]) == "hf_file")
        #expect(try token(["HF_TOKEN": " hf_said\n"]) == "hf_said")
        #expect(try token(["HUGGING_FACE_HUB_TOKEN": "hf_old"]) == "hf_old")
        #expect(try token(["HF_TOKEN_PATH": folder.file("elsewhere").path]) == "hf_other")
        #expect(try token(["HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"]) == nil)
    }

    @Test func aTokenNeverShows() throws {
        let settings = try settings(["HF_TOKEN": "hf_secret"])
        var text = ""
        dump(settings.token, to: &text)
        #expect(!"\(settings)".contains("hf_secret"))
        #expect(!String(reflecting: settings).contains("hf_secret"))
        let error = #expect(throws: MekikiError.self) {
            try self.settings(["HF_TOKEN": "hf_secret\nX: y"])
        }
        #expect(error?.description.contains("hf_secret") == false)
        #expect(error?.subject == "HF_TOKEN")
    }

    @Test(arguments: [("1", true), ("on", true), ("TRUE", true), ("0", false), ("", false)])
    func offlineIsReadAsPythonReadsIt(text: String, isOffline: Bool) throws {
        #expect(try settings(["HF_HUB_OFFLINE": text]).isOffline == isOffline)
        #expect(try settings(["TRANSFORMERS_OFFLINE": text]).isOffline == isOffline)
    }

    @Test func aProxyIsUsedUnlessTheHostIsExempt() throws {
        let proxy = ["HTTPS_PROXY": "http://proxy.example:3128"]
        #expect(try settings(proxy).proxy?.port == 3128)
        #expect(try settings(["https_proxy": "proxy.example:80"]).proxy?.host() == "proxy.example")
        for list in ["*", "huggingface.co", ".co, x", "a,co"] {
            #expect(try settings(proxy.merging(["NO_PROXY": list]) { $1 }).proxy == nil)
        }
        #expect(try settings(proxy.merging(["NO_PROXY": "face.co"]) { $1 }).proxy != nil)
        let error = #expect(throws: MekikiError.self) {
            try settings(["HTTPS_PROXY": "socks5://proxy.example"])
        }
        #expect(error?.subject == "HTTPS_PROXY")
    }

    @Test func aTimeoutIsANumberOfSeconds() throws {
        #expect(try settings(["HF_HUB_DOWNLOAD_TIMEOUT": "7"]).timeout == .seconds(7))
        #expect(throws: MekikiError.self) { try settings(["HF_HUB_DOWNLOAD_TIMEOUT": "soon"]) }
    }
}
