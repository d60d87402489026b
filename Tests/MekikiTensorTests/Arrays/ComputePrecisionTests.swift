import MekikiCore
import Testing

@testable import MekikiTensor

@Suite struct ComputePrecisionTests {
    @Test func automaticFollowsTheProcessor() throws {
        #expect(try ComputePrecision.automatic.resolved(hasBFloat16: true) == .bfloat16)
        #expect(try ComputePrecision.automatic.resolved(hasBFloat16: false) == .float32)
    }

    @Test func float32IsFloat32Everywhere() throws {
        #expect(try ComputePrecision.float32.resolved(hasBFloat16: true) == .float32)
    }

    @Test func bfloat16IsRefusedWhereItWouldCrawl() throws {
        #expect(try ComputePrecision.bfloat16.resolved(hasBFloat16: true) == .bfloat16)
        let error = try #require(throws: MekikiError.self) {
            try ComputePrecision.bfloat16.resolved(hasBFloat16: false)
        }
        #expect(error.code == .configuration)
        #expect(error.message.contains("float32"))
    }
}
