import Foundation
import MekikiKit

/// The list of models as a table.
enum ModelTable {
    private static let headings = [
        "  name", "here", "size", "dim", "licence", "languages", "for",
    ]

    /// The table's lines, headings first.
    static func lines(_ models: [ModelDocument]) -> [String] {
        let rows = [headings] + models.map(cells)
        let widths = headings.indices.map { column in
            rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        return rows.enumerated().map { index, row in
            let line = row.indices
                .map { DisplayWidth.pad(row[$0], to: widths[$0]) }
                .joined(separator: "  ")
            let text = String(line.reversed().drop { $0 == " " }.reversed())
            return index == 0 ? Terminal.standardOutput.styled(text, .faint) : text
        }
    }

    private static func cells(_ model: ModelDocument) -> [String] {
        let presence =
            switch model.presence {
            case .here: "yes"
            case .incomplete: "in part"
            case .absent: "–"
            }
        let licence = model.isGated == true ? "gated" : model.licence ?? ""
        var purpose = model.purpose ?? ""
        if model.name == ModelChoice.starterName, model.repository == nil {
            purpose = "comes with Mekiki: clip-art and simple scenes, no photographs"
        }
        if let vectors = model.vectors {
            let lacking = model.lacking ?? 0
            let count =
                (model.isPending ? "filling, " : "")
                + (lacking > 0
                    ? "\(vectors) of \(vectors + lacking) images"
                    : Count.of(vectors, "vector") + " in the library")
            purpose = purpose.isEmpty ? count : "\(purpose); \(count)"
        }
        return [
            (model.isCurrent ? "* " : model.isPending ? "> " : "  ")
                + PrintableText.of(model.name),
            presence,
            model.bytes.map { $0.formatted(.byteCount(style: .file)) } ?? "",
            model.dimension.map(String.init) ?? "",
            licence,
            model.languages ?? "",
            role(model.role) + purpose,
        ]
    }

    private static func role(_ role: ModelRole?) -> String {
        switch role {
        case .text: "text: "
        case .reranker: "reranker: "
        case .imageText, nil: ""
        }
    }
}
