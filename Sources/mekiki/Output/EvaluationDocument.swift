import MekikiKit

/// How well models find what is right, as JSON.
struct EvaluationDocument: Encodable {
    var queries: Int
    /// Queries whose language was told by their script.
    var detectedLanguages: Int
    /// Lines and images that could not be used.
    var problems: [Problem]
    /// How the bounds are made.
    var bounds = Bounds()
    var models: [Model]

    struct Problem: Encodable {
        var line: Int
        var image: String?
        var reason: String
    }

    struct Bounds: Encodable {
        var method = "percentile bootstrap over queries"
        var resamples = BootstrapEstimate.resampleCount
        var confidence = BootstrapEstimate.confidence
    }

    struct Model: Encodable {
        var model: String
        var revision: String
        var dimension: Int
        /// Images that were ranked for each query.
        var rankedImages: Int
        /// Images that no query finds, because they have no vector of the model.
        var imagesWithoutVector: Int
        var all: Summary
        var languages: [Summary]
        var kinds: [Summary]
        /// This model's metrics minus those of the first, query by query.
        var differenceToFirst: Summary?
        var outcomes: [Outcome]?
    }

    struct Summary: Encodable {
        var name: String?
        var queries: Int
        var metrics: [String: BootstrapEstimate]

        init(_ summary: EvaluationSummary, name: String? = nil) {
            self.name = name
            queries = summary.queryCount
            metrics = Dictionary(
                uniqueKeysWithValues: summary.estimates.map { ($0.key.rawValue, $0.value) }
            )
        }
    }

    /// Where the right images of a query stand.
    struct Outcome: Encodable {
        var line: Int
        var query: String
        var language: String
        var kind: String?
        /// The places, best first; those of images that were not ranked are left out.
        var ranks: [Int]
        var images: Int
    }

    init(
        _ reports: [EvaluationReport],
        _ queries: [ResolvedQuery],
        _ problems: [EvaluationProblem],
        each: Bool
    ) {
        self.queries = queries.count
        detectedLanguages = queries.count(where: \.query.isLanguageDetected)
        self.problems = problems.map {
            Problem(line: $0.line, image: $0.image, reason: $0.reason)
        }
        models = reports.enumerated().map { index, report in
            Model(
                model: report.space.model,
                revision: report.space.revision,
                dimension: report.space.dimension,
                rankedImages: report.rankedImageCount,
                imagesWithoutVector: report.waitingImageCount,
                all: Summary(report.all),
                languages: report.languages.map { Summary($0.summary, name: $0.name) },
                kinds: report.kinds.map { Summary($0.summary, name: $0.name) },
                differenceToFirst: index == 0
                    ? nil
                    : Summary(
                        EvaluationSummary(of: report.outcomes, minus: reports[0].outcomes)
                    ),
                outcomes: each ? Self.outcomes(queries, report.outcomes) : nil
            )
        }
    }

    private static func outcomes(
        _ queries: [ResolvedQuery],
        _ outcomes: [QueryOutcome]
    ) -> [Outcome] {
        zip(queries, outcomes).map { query, outcome in
            Outcome(
                line: query.query.line,
                query: query.query.words,
                language: query.query.language,
                kind: query.query.kind,
                ranks: outcome.images.compactMap(\.rank),
                images: outcome.images.count
            )
        }
    }
}
