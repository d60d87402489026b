import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// Finds files that show the same.
    ///
    /// - Parameters:
    ///   - filter: The images that are looked at; `nil` for all.
    ///   - findsNear: Whether copies in other sizes, formats and qualities are found, too.
    ///   - progress: Is told how many images were compared, of how many.
    /// - Returns: The groups: exact ones, then near ones.
    /// - Throws: `MekikiError`: `noInput` for near ones where no image has a vector; when the library can't be
    ///   read.
    public func duplicates(
        among filter: Filter? = nil,
        findingNear findsNear: Bool,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> [DuplicateGroup] {
        let search = DuplicateSearch(catalog: catalog, thumbnails: thumbnails, reader: reader)
        var included: ImageSet?
        if let filter { included = try await catalog.images(matching: filter) }
        var groups = try await search.exact(among: included)
        guard findsNear else { return groups }
        guard let space = try await selection().current?.space else {
            throw MekikiError(
                .noInput,
                "No image has a vector yet to compare it by. Run `mekiki index`, or look for exact copies alone."
            )
        }
        groups += try await search.near(among: included, in: space, progress: progress)
        return groups
    }

    /// Moves the files that could go into a folder, and notes them as missing.
    ///
    /// What was written about an image stays in the library until the next run with `--prune`.
    ///
    /// - Parameters:
    ///   - groups: The groups.
    ///   - folder: Where the files go.
    /// - Returns: What became of each file.
    /// - Throws: `MekikiError`: `usage` for a folder inside one that is indexed; `unavailable` while another
    ///   process indexes.
    public func moveDuplicates(
        of groups: [DuplicateGroup],
        to folder: URL
    ) async throws -> [DuplicateMoving.Outcome] {
        let target = folder.standardizedFileURL.resolvingSymlinksInPath().path
        for root in try await catalog.statistics().roots
        where target == root || FileLocation.contains(root, target) {
            throw MekikiError(
                .usage,
                "The files would be indexed again there: choose a folder outside of \(root).",
                subject: target
            )
        }
        return try await alone { [catalog] in
            let move = DuplicateMoving(to: folder)
            var outcomes: [DuplicateMoving.Outcome] = []
            for group in groups {
                let own = move(group)
                outcomes += own
                let gone = own.filter { $0.moved != nil }.map(\.file)
                if !gone.isEmpty { try await catalog.apply(CatalogChanges(missing: gone)) }
            }
            return outcomes
        }
    }
}
