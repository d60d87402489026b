import Foundation
import MekikiKit
import Testing

@Suite struct ModelPresetTests {
    @Test func namesAreOneWordAndEachIsOnce() {
        let names = ModelPreset.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(ModelPreset.all.map(\.repository)).count == names.count)
        #expect(names.allSatisfy { !$0.contains("/") && !$0.contains("@") && $0 != "starter" })
        #expect(ModelReference.standard.preset?.name == "multilingual")
    }

    @Test func eachSaysWhatItCosts() {
        for preset in ModelPreset.all {
            #expect(preset.downloadBytes > 100_000_000)
            #expect(!preset.licence.isEmpty)
            #expect(!preset.languages.isEmpty)
            #expect((preset.dimension == nil) == (preset.role == .reranker))
            #expect(preset.figures.allSatisfy { !$0.source.isEmpty && Double($0.value) != nil })
        }
        #expect(ModelPreset.all.filter(\.isGated).map(\.name) == ["original"])
    }

    @Test(arguments: [
        ("multilingual", "laion/CLIP-ViT-B-32-xlm-roberta-base-laion5B-s13B-b90k", "main"),
        ("openai@v1", "openai/clip-vit-base-patch32", "v1"),
        ("maker/model", "maker/model", "main"),
        ("maker/model@refs/pr/3", "maker/model", "refs/pr/3"),
    ])
    func aNameIsRead(text: String, repository: String, revision: String) throws {
        let reference = try #require(ModelReference(text))
        #expect(reference.repository.description == repository)
        #expect(reference.revision == revision)
        #expect(reference.pullName == text)
    }

    @Test(arguments: ["nothing", "a/b/c", "maker/model@", "../x", "", "@main"])
    func whatIsNoNameIsNone(text: String) {
        #expect(ModelReference(text) == nil)
    }
}
