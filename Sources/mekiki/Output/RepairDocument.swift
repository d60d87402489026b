import MekikiKit

/// A repair of the catalog, as JSON and as sentences.
struct RepairDocument: Encodable {
    var keptAs: String
    var pages, damagedPages: Int
    var images, files, vectors, texts, tags, failures, settings: Int
    var filesToRead, imagesToEncode, imagesWithTextsRead, imagesWithTextsInDoubt: Int
    var mayLackTags: Bool
    var lostFiles: [String]
    var folders: [String]

    init(_ report: RepairReport) {
        keptAs = report.keptAs
        pages = report.pageCount
        damagedPages = report.damagedPageCount
        images = report.imageCount
        files = report.fileCount
        vectors = report.vectorCount
        texts = report.textCount
        tags = report.tagCount
        failures = report.failureCount
        settings = report.settingCount
        filesToRead = report.filesToRead
        imagesToEncode = report.imagesToEncode
        imagesWithTextsRead = report.imagesWithTextsRead
        imagesWithTextsInDoubt = report.imagesWithTextsInDoubt
        mayLackTags = report.mayLackTags
        lostFiles = report.lostFiles
        folders = report.folders
    }

    /// What a person should know, a sentence each.
    var sentences: [String] {
        var sentences = [
            "Repaired: \(damagedPages) of \(Count.of(pages, "page")) were damaged.",
            "Saved: \(Count.of(images, "image")), \(Count.of(files, "file")), "
                + "\(Count.of(vectors, "vector")), \(Count.of(texts, "text"))"
                + (tags > 0 ? ", \(Count.of(tags, "tag"))." : "."),
        ]
        var again: [String] = []
        if filesToRead > 0 { again.append("reads \(Count.of(filesToRead, "file")) again") }
        if imagesToEncode > 0 { again.append("encodes \(Count.of(imagesToEncode, "image")) again") }
        let places = folders.isEmpty ? "your folders" : folders.joined(separator: ", ")
        sentences.append(
            again.isEmpty
                ? "Run `mekiki index` once, in case files of the folders were lost: \(places)."
                : "The next `mekiki index` \(again.joined(separator: " and ")); run it on: \(places)."
        )
        if imagesWithTextsRead > 0 {
            sentences.append(
                "The texts inside \(Count.of(imagesWithTextsRead, "image")) were read once more."
            )
        }
        if imagesWithTextsInDoubt > 0 {
            sentences.append(
                "\(Count.of(imagesWithTextsInDoubt, "image")) may lack texts from inside the file, "
                    + "which can't be read now. Put the files back, `mekiki remove` the images and "
                    + "index again."
            )
        }
        if mayLackTags {
            sentences.append(
                "If images had tags, some may be lost: `mekiki classify … --store` gives them again."
            )
        }
        for file in lostFiles {
            sentences.append("Lost, because the file is missing too: \(file)")
        }
        sentences.append("The damaged catalog is kept as \(keptAs); delete it when all is well.")
        return sentences
    }
}
