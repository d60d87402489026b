import MekikiCore

/// The sentences about a folder that its owner should read.
enum IndexingWarnings {
    /// What is to be said of a folder.
    ///
    /// - Parameters:
    ///   - plan: What was decided.
    ///   - scan: What was found.
    /// - Returns: Sentences, each with the path it is about.
    static func sentences(for plan: IndexingPlan, _ scan: FolderScan) -> [String] {
        var sentences = scan.problems.map { problem in
            let path = problem.location.path.isEmpty ? scan.root : problem.location.absolutePath
            return "\(path): \(problem.reason)."
        }
        let folder = scan.folder
        switch plan.hesitation {
        case .folderIsEmpty(let known):
            sentences.append(
                "\(folder): holds no image, and held \(known) before. Nothing was changed. "
                    + "Is its disk mounted? If the images were really deleted, "
                    + "run again with --prune."
            )
        case .tooManyGone(let gone, let known):
            sentences.append(
                "\(folder): \(gone) of \(known) images are gone. They were left as they are. "
                    + "If they were really deleted, run again with --prune."
            )
        case nil:
            break
        }
        return sentences
    }
}
