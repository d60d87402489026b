import Foundation
import MekikiCore
import MekikiTensor
import Testing

@Suite struct SafetensorsTests {
    @Test func tensorsAreListedWithTypeAndShape() throws {
        let bytes = SafetensorsSample.bytes(
            header: SafetensorsSample.header,
            data: SafetensorsSample.data
        )
        try SafetensorsSample.withFile(bytes) { url in
            let file = try Safetensors(contentsOf: url)
            #expect(file.metadata == ["format": "pt"])
            #expect(file.entries.keys.sorted() == ["a", "b", "ids"])
            #expect(file.entries["a"]?.shape == [2, 2])
            #expect(file.entries["ids"]?.element == .int64)
            #expect(file.entries["ids"]?.count == 1)
        }
    }

    /// A header of every length modulo 4 puts the data at every address.
    @Test(arguments: 0..<4)
    func elementsAreReadAtAnyAddress(_ padding: Int) throws {
        let header = SafetensorsSample.header + String(repeating: " ", count: padding)
        let bytes = SafetensorsSample.bytes(header: header, data: SafetensorsSample.data)
        try SafetensorsSample.withFile(bytes) { url in
            let file = try Safetensors(contentsOf: url)
            #expect(try file.floats(named: "a") == [1, -2, 0.5, 1e-3])
            #expect(try file.floats(named: "b") == [1, -2, 0x1p-24])
        }
    }

    @Test func everyHalfPrecisionNumberIsExact() throws {
        let data = (0..<65536).flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        let header = #"{"x":{"dtype":"F16","shape":[65536],"data_offsets":[0,131072]}}"#
        try SafetensorsSample.withFile(SafetensorsSample.bytes(header: header, data: data)) {
            let values = try Safetensors(contentsOf: $0).floats(named: "x")
            var wrong = 0
            for bits in 0..<65536 {
                let sign: Float = bits < 0x8000 ? 1 : -1
                let exponent = (bits >> 10) & 31
                let fraction = Float(bits & 1023)
                switch exponent {
                case 31 where fraction != 0: wrong += values[bits].isNaN ? 0 : 1
                case 31: wrong += values[bits] == sign * .infinity ? 0 : 1
                case 0: wrong += values[bits] == sign * fraction * 0x1p-24 ? 0 : 1
                default:
                    let scale = Float(sign: .plus, exponent: exponent - 25, significand: 1)
                    wrong += values[bits] == sign * (1024 + fraction) * scale ? 0 : 1
                }
            }
            #expect(wrong == 0)
        }
    }

    @Test func bfloat16IsExact() throws {
        let header = #"{"x":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}"#
        let data: [UInt8] = [0x80, 0x3f, 0x49, 0xc0, 0x01, 0x00]
        try SafetensorsSample.withFile(SafetensorsSample.bytes(header: header, data: data)) {
            let values = try Safetensors(contentsOf: $0).floats(named: "x")
            #expect(values == [1, Float(bitPattern: 0xc049_0000), Float(bitPattern: 0x0001_0000)])
        }
    }

    @Test func buffersOfOtherTypesAreNotWeights() throws {
        let bytes = SafetensorsSample.bytes(
            header: SafetensorsSample.header,
            data: SafetensorsSample.data
        )
        try SafetensorsSample.withFile(bytes) { url in
            let file = try Safetensors(contentsOf: url)
            let error = try #require(throws: MekikiError.self) {
                try file.floats(named: "ids")
            }
            #expect(error.message.contains("I64"))
        }
    }

    @Test func aMissingTensorIsNamed() throws {
        let bytes = SafetensorsSample.bytes(
            header: SafetensorsSample.header,
            data: SafetensorsSample.data
        )
        try SafetensorsSample.withFile(bytes) { url in
            let file = try Safetensors(contentsOf: url)
            let error = try #require(throws: MekikiError.self) {
                try file.floats(named: "c")
            }
            #expect(error.message.contains("'c'"))
        }
    }

    @Test func escapedNamesAreRead() throws {
        let header = #"{"x\u0041\n\ud83d\ude00":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#
        try SafetensorsSample.withFile(SafetensorsSample.bytes(header: header, data: [1])) {
            let names = try Array(Safetensors(contentsOf: $0).entries.keys)
            #expect(names == ["xA\n😀"])
        }
    }

    @Test func aMissingFileIsNoInput() throws {
        let error = try #require(throws: MekikiError.self) {
            try Safetensors(contentsOf: URL(filePath: "/nowhere/model.safetensors"))
        }
        #expect(error.code == .noInput)
        #expect(error.subject == "/nowhere/model.safetensors")
    }

    @Test func aFolderIsNoFile() throws {
        try SafetensorsSample.withFolder { folder in
            let error = try #require(throws: MekikiError.self) {
                try Safetensors(contentsOf: folder)
            }
            #expect(error.code == .noInput)
        }
    }
}
