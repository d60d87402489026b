import MekikiKit

/// How many vectors of a model there are, as JSON.
struct VectorsDocument: Encodable {
    var model, revision: String
    var dimension, vectors, bytes: Int

    init(_ count: CatalogStatistics.SpaceCount) {
        model = count.space.model
        revision = count.space.revision
        dimension = count.space.dimension
        vectors = count.vectorCount
        // Half precision: two bytes a component.
        bytes = count.vectorCount * count.space.dimension * 2
    }
}
