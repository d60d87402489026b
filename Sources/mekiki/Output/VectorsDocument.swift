import MekikiKit

/// How many vectors of a model there are, as JSON.
struct VectorsDocument: Encodable {
    var model, revision: String
    var dimension, vectors, bytes: Int

    init(_ status: SpaceStatus) {
        model = status.space.model
        revision = status.space.revision
        dimension = status.space.dimension
        vectors = status.vectorCount
        bytes = status.byteCount
    }
}
