import MekikiCore
import MekikiSearch

extension Library {
    /// Asks two models the same.
    ///
    /// - Parameters:
    ///   - first: The first model.
    ///   - second: The second model.
    ///   - query: Makes the query for a model: pictures are decoded for each as it needs them.
    /// - Returns: Both answers.
    /// - Throws: What ``Searcher`` throws; `MekikiError` with code `usage` when both are one.
    public func compare(
        _ first: LoadedModel,
        _ second: LoadedModel,
        _ query: @escaping @Sendable (LoadedModel) async throws -> Query
    ) async throws -> SearchComparison {
        guard first.space != second.space else {
            throw MekikiError(
                .usage,
                "Both are the same model. Name two whose vectors the library has: "
                    + "`mekiki models list` shows them.",
                subject: first.space.model
            )
        }
        @Sendable func side(_ model: LoadedModel) async throws -> SearchComparison.Side {
            SearchComparison.Side(
                space: model.space,
                result: try await search(Self.ofPictures(try await query(model)), with: model)
            )
        }
        async let one = side(first)
        async let other = side(second)
        return try await SearchComparison(first: one, second: other)
    }

    /// The spaces that are compared when a person names none or one: the one that answers, then the one
    /// that is to take its place, then the fullest of the others.
    ///
    /// - Parameter named: The spaces that were named, at most two.
    /// - Returns: Two spaces.
    /// - Throws: `MekikiError` with code `noInput` when the library has vectors of one model only.
    public func comparedSpaces(_ named: [ChosenSpace]) async throws -> [ChosenSpace] {
        let spaces = try await spaces().filter { $0.space.role == .image }
        let chosen = Self.comparedSpaces(named, among: spaces)
        guard chosen.count == 2 else {
            throw MekikiError(
                .noInput,
                "The library has vectors of one model only. `mekiki models use NAME` makes those of "
                    + "another, and keeps these."
            )
        }
        return chosen
    }

    static func comparedSpaces(
        _ named: [ChosenSpace],
        among spaces: [SpaceStatus]
    ) -> [ChosenSpace] {
        let inOrder = spaces.filter { $0.vectorCount > 0 }.enumerated().sorted { one, other in
            func key(_ space: (offset: Int, element: SpaceStatus)) -> (Int, Int, Int) {
                let status = space.element
                let rank = status.isCurrent ? 0 : status.isPending ? 1 : 2
                return (rank, -status.vectorCount, space.offset)
            }
            return key(one) < key(other)
        }.map(\.element.chosen)
        var chosen = named
        for space in inOrder
        where chosen.count < 2 && !chosen.contains(where: { $0.space == space.space }) {
            chosen.append(space)
        }
        return chosen
    }

    /// The same query for pictures alone: words would find the same with either model.
    private static func ofPictures(_ query: Query) -> Query {
        var query = query
        query.target = .image
        query.method = .vector
        return query
    }
}
