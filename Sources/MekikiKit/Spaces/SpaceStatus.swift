import MekikiCore

/// A vector space of a library, how far it is filled, and whether it answers.
public struct SpaceStatus: Sendable, Equatable {
    /// The space, with the place where its model was last.
    public var chosen: ChosenSpace

    /// Vectors in it.
    public var vectorCount: Int

    /// Images, or texts, with a present file that have no vector in it.
    public var lackingCount: Int

    /// Whether it answers.
    public var isCurrent: Bool

    /// Whether it takes the current one's place when it is filled.
    public var isPending: Bool

    /// The space.
    public var space: VectorSpace { chosen.space }

    /// Bytes of its vectors: two a component.
    public var byteCount: Int { vectorCount * space.dimension * 2 }
}

extension Library {
    /// The vector spaces of the library, in the order of their creation.
    ///
    /// - Returns: The spaces.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func spaces() async throws -> [SpaceStatus] {
        let counts = try await catalog.statistics().spaces
        var selections: [VectorSpace.Role: SpaceSelection] = [:]
        for role in VectorSpace.Role.allCases {
            selections[role] = try await catalog.selection(of: role)
        }
        var spaces: [SpaceStatus] = []
        for count in counts {
            let selection = selections[count.space.role]
            spaces.append(
                SpaceStatus(
                    chosen: ChosenSpace(space: count.space, folder: count.folder),
                    vectorCount: count.vectorCount,
                    lackingCount: try await catalog.lackingCount(in: count.space),
                    isCurrent: selection?.current?.space == count.space,
                    isPending: selection?.pending?.space == count.space
                )
            )
        }
        return spaces
    }

    /// The space of the library that a person names.
    ///
    /// - Parameter name: A model's name, or `name@revision` where it has several; a revision may be
    ///   cut short.
    /// - Returns: The space.
    /// - Throws: `MekikiError`: `noInput` when the library has none of this name, `usage` when it has
    ///   several.
    public func space(named name: String) async throws -> SpaceStatus {
        let spaces = try await spaces()
        let exact = spaces.filter { $0.space.description == name }
        let cut = spaces.filter { $0.space.description.hasPrefix(name) && name.contains("@") }
        let called = spaces.filter { $0.space.model == name }
        let found = [exact, called, cut].first { !$0.isEmpty } ?? []
        guard let space = found.first, found.count == 1 else {
            let known = spaces.map(\.space.description).joined(separator: ", ")
            throw MekikiError(
                found.isEmpty ? .noInput : .usage,
                found.isEmpty
                    ? "The library has no vectors of this model. It has: "
                        + "\(known.isEmpty ? "none" : known)."
                    : "Several versions of this model have vectors. Name one of: \(known).",
                subject: name
            )
        }
        return space
    }

    /// The space of the library that a person names, also by a folder or another name of its model.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - shelf: Where models are found.
    /// - Returns: The space.
    /// - Throws: `MekikiError`, as ``space(named:)``.
    public func space(called name: String, from shelf: ModelShelf) async throws -> SpaceStatus {
        do {
            return try await space(named: name)
        } catch let error as MekikiError where error.code == .noInput {
            guard let model = try? await shelf.model(named: name),
                let known = try await spaces().first(where: { $0.space == model.space })
            else { throw error }
            return known
        }
    }
}
