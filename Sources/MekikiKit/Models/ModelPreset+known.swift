import MekikiCore

extension ModelPreset {
    /// The preset that is used when nothing is said and it is here.
    public static let standardName = "multilingual"

    /// All presets: image-text models, then text models, then rerankers.
    ///
    /// Figures are of the source named beside each; models of one source can be compared. Where
    /// no comparable figure is known, there is none.
    public static let all: [ModelPreset] = imageText + text + rerankers

    // One harness, Japanese prompts: the table of the WAON model card.
    private static func waon(_ retrieval: String, _ imageNet: String, _ average: String)
        -> [QualityFigure]
    {
        let source = "model card of llm-jp/waon-siglip2-base-patch16-256"
        return [
            QualityFigure("XM3600 retrieval in Japanese", retrieval, source),
            QualityFigure("ImageNet zero-shot in Japanese, top-1 %", imageNet, source),
            QualityFigure("average of four Japanese benchmarks", average, source),
        ]
    }

    private static var imageText: [ModelPreset] {
        [
            preset(
                "multilingual",
                "laion/CLIP-ViT-B-32-xlm-roberta-base-laion5B-s13B-b90k",
                .imageText,
                licence: "MIT",
                megabytes: 1_480,
                languages: "100 languages",
                dimension: 512,
                "the default: photographs and drawings, fast on a CPU"
            ),
            preset(
                "ja",
                "line-corporation/clip-japanese-base-v2",
                .imageText,
                licence: "Apache-2.0",
                megabytes: 786,
                languages: "Japanese",
                dimension: 256,
                "Japanese, small and fast",
                [
                    QualityFigure(
                        "ImageNet-1k zero-shot in Japanese, top-1",
                        "0.708",
                        "summaries of its model card"
                    )
                ]
            ),
            preset(
                "ja-best",
                "llm-jp/waon-siglip2-base-patch16-256",
                .imageText,
                licence: "Apache-2.0",
                megabytes: 1_535,
                languages: "Japanese, English",
                dimension: 768,
                "the best average in Japanese",
                waon("73.75", "49.61", "75.37")
            ),
            preset(
                "original",
                "stabilityai/japanese-stable-clip-vit-l-16",
                .imageText,
                licence: "Stability AI (see its page before commercial use)",
                isGated: true,
                megabytes: 1_660,
                languages: "Japanese",
                dimension: 768,
                "Japanese Stable CLIP",
                waon("66.03", "55.97", "68.83")
            ),
            preset(
                "openai",
                "openai/clip-vit-base-patch32",
                .imageText,
                licence: "MIT",
                megabytes: 608,
                languages: "English",
                dimension: 512,
                "OpenAI's CLIP, English only",
                [
                    QualityFigure(
                        "ImageNet-1k zero-shot in English, top-1 %",
                        "63.2",
                        "CLIP paper (quoted from memory, not checked again)"
                    )
                ]
            ),
            preset(
                "best",
                "google/siglip2-so400m-patch14-384",
                .imageText,
                licence: "Apache-2.0",
                megabytes: 4_580,
                languages: "many languages; English best",
                dimension: 1152,
                "the best in English; slow on a CPU",
                [
                    QualityFigure(
                        "ImageNet-1k zero-shot in English, top-1 %",
                        "84.1",
                        siglip2Paper
                    ),
                    QualityFigure("XM3600 text to image, recall@1 %", "48.4", siglip2Paper),
                ]
            ),
        ]
    }

    private static let siglip2Paper = "SigLIP 2 paper (quoted from memory, not checked again)"

    private static var text: [ModelPreset] {
        [
            preset(
                "ruri-v3-30m",
                "cl-nagoya/ruri-v3-30m",
                .text,
                licence: "Apache-2.0",
                megabytes: 156,
                languages: "Japanese, some English",
                dimension: 256,
                "captions, prompts and text in images, in Japanese",
                [QualityFigure("JMTEB average", "74.51", "its model card")]
            ),
            preset(
                "multilingual-e5-small",
                "intfloat/multilingual-e5-small",
                .text,
                licence: "MIT",
                megabytes: 493,
                languages: "about 100 languages",
                dimension: 384,
                "the same in many languages",
                [
                    QualityFigure(
                        "JMTEB average",
                        "69.52",
                        "model card of cl-nagoya/ruri-v3-30m (quoted from memory, not checked again)"
                    )
                ]
            ),
        ]
    }

    private static var rerankers: [ModelPreset] {
        [
            preset(
                "japanese-reranker-xsmall-v2",
                "hotchpotch/japanese-reranker-xsmall-v2",
                .reranker,
                licence: "MIT",
                megabytes: 156,
                languages: "Japanese",
                dimension: nil,
                "orders answers in Japanese, fast",
                [QualityFigure("average of the benchmarks on its card", "0.8699", "its model card")]
            ),
            preset(
                "bge-reranker-v2-m3",
                "BAAI/bge-reranker-v2-m3",
                .reranker,
                licence: "Apache-2.0",
                megabytes: 2_290,
                languages: "many languages",
                dimension: nil,
                "orders answers in many languages; slow on a CPU",
                [
                    QualityFigure(
                        "JQaRA nDCG@10",
                        "67.3",
                        "published comparisons (not checked again)"
                    )
                ]
            ),
        ]
    }

    private static func preset(
        _ name: String,
        _ repository: String,
        _ role: ModelRole,
        licence: String,
        isGated: Bool = false,
        megabytes: Int64,
        languages: String,
        dimension: Int?,
        _ purpose: String,
        _ figures: [QualityFigure] = []
    ) -> ModelPreset {
        guard let repository = RepositoryName(repository) else {
            // Written here, and tested.
            fatalError("\(repository) is no repository")
        }
        return ModelPreset(
            name: name,
            repository: repository,
            role: role,
            licence: licence,
            isGated: isGated,
            downloadBytes: megabytes * 1_000_000,
            languages: languages,
            dimension: dimension,
            purpose: purpose,
            figures: figures
        )
    }
}
