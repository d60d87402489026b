import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

@Suite("Reading a preprocessor's settings")
struct PreprocessorFileTests {
    @Test("Missing keys have CLIP's defaults")
    func defaults() throws {
        let settings = try read("{}")
        #expect(settings.resize == .shortestEdge(224))
        #expect(settings.filter == .bicubic)
        #expect(settings.crop == .init(width: 224, height: 224))
        #expect(settings.rescale == 1.0 / 255)
        #expect(settings.normalization?.mean == [0.48145466, 0.4578275, 0.40821073])
        #expect(settings.normalization?.deviation == [0.26862954, 0.26130258, 0.27577711])
    }

    @Test(
        "Processors have defaults of their own",
        arguments: [
            ("SiglipImageProcessor", ResizeFilter.bicubic),
            ("SiglipImageProcessorFast", .bicubic), ("ViTImageProcessor", .bilinear),
            ("ViTFeatureExtractor", .bilinear),
        ]
    )
    func otherDefaults(_ name: String, _ filter: ResizeFilter) throws {
        let settings = try read(#"{"image_processor_type": "\#(name)"}"#)
        #expect(settings.resize == .exact(width: 224, height: 224))
        #expect(settings.filter == filter && settings.crop == nil)
        #expect(settings.normalization == .half)
        let number = try read(#"{"image_processor_type": "\#(name)", "size": 9}"#)
        #expect(number.resize == .exact(width: 9, height: 9))
    }

    @Test(
        "A size has several shapes",
        arguments: [
            ("9", ResizeRule.shortestEdge(9)), (#"{"shortest_edge": 9}"#, .shortestEdge(9)),
            (#"{"shortest_edge": 9, "longest_edge": null}"#, .shortestEdge(9)),
            (#"{"shortest_edge": 9, "longest_edge": 12}"#, .bounded(shortest: 9, longest: 12)),
            (#"{"height": 9, "width": 5}"#, .exact(width: 5, height: 9)),
            ("[9, 5]", .exact(width: 5, height: 9)), ("null", .shortestEdge(224)),
        ]
    )
    func sizes(_ size: String, _ expected: ResizeRule) throws {
        #expect(try read(#"{"size": \#(size)}"#).resize == expected)
    }

    @Test("Steps can be switched off")
    func switches() throws {
        let settings = try read(
            """
            {"do_resize": false, "do_center_crop": false, "do_rescale": false,
             "do_normalize": false, "do_convert_rgb": false}
            """
        )
        #expect(settings == PreprocessorSettings(resize: .unchanged, filter: .bicubic))
    }

    @Test("A processor's file holds the settings under image_processor")
    func processorFile() throws {
        let contents = #"{"image_processor": {"size": 48}, "processor_class": "CLIPProcessor"}"#
        let settings = try PreprocessorFolder.with(contents, as: "processor_config.json") {
            try PreprocessorFile(folder: $0).settings()
        }
        #expect(settings.resize == .shortestEdge(48))
    }

    @Test(
        "What isn't supported is refused by name",
        arguments: [
            (#"{"resample": 6}"#, "'resample'"), (#"{"resample": "bicubic"}"#, "'resample'"),
            (#"{"size": {"longest_edge": 9}}"#, "'size'"), (#"{"size": "9"}"#, "'size'"),
            (#"{"size": 0}"#, "'size'"), (#"{"size": 1.5}"#, "'size'"),
            (#"{"size": {"shortest_edge": -1}}"#, "'size.shortest_edge'"),
            (#"{"size": 99999999999}"#, "'size'"),
            (#"{"crop_size": {"shortest_edge": 9}}"#, "'crop_size'"),
            (#"{"crop_size": {"height": 9, "width": true}}"#, "'crop_size.width'"),
            (#"{"do_resize": "yes"}"#, "'do_resize'"), (#"{"do_pad": true}"#, "'do_pad'"),
            (#"{"rescale_factor": "1/255"}"#, "'rescale_factor'"),
            (#"{"image_mean": [0.5, 0.5]}"#, "'image_mean'"),
            (#"{"image_std": ["a", "b", "c"]}"#, "'image_std'"),
            (#"{"image_processor_type": "Siglip2ImageProcessor"}"#, "Siglip2ImageProcessor"),
        ]
    )
    func unsupported(_ contents: String, _ name: String) throws {
        let error = try #require(throws: MekikiError.self) { try read(contents) }
        #expect(error.code == .configuration)
        #expect(error.message.contains(name))
        #expect(error.subject?.hasSuffix("preprocessor_config.json") == true)
    }

    @Test("Results of different sizes are refused")
    func openSize() throws {
        let error = try #require(throws: MekikiError.self) {
            try PreprocessorFolder.with(#"{"do_center_crop": false}"#) {
                try ImagePreprocessor(folder: $0)
            }
        }
        #expect(error.code == .configuration)
        #expect(error.message.contains("'do_center_crop'"))
    }

    @Test("A damaged file is named", arguments: ["", "{", "[]", "3"])
    func damaged(_ contents: String) throws {
        let error = try #require(throws: MekikiError.self) { try read(contents) }
        #expect(error.code == .badData)
        #expect(error.subject?.hasSuffix("preprocessor_config.json") == true)
    }

    @Test("A folder without settings is named")
    func missing() throws {
        let error = try #require(throws: MekikiError.self) {
            try PreprocessorFolder.with("", as: "other.json") { try ImagePreprocessor(folder: $0) }
        }
        #expect(error.code == .noInput)
    }

    private func read(_ contents: String) throws -> PreprocessorSettings {
        try PreprocessorFolder.with(contents) { try PreprocessorFile(folder: $0).settings() }
    }
}
