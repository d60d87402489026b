import MekikiCore
import MekikiVectors

extension CatalogTables {
    /// How many images, or texts, with a present file have no vector in a space.
    func lackingCount(in space: VectorSpace) -> Int {
        switch space.role {
        case .image: presentImages.count { vectors[space]?.contains($0) != true }
        case .text: textsWithoutVector(in: space).count
        }
    }
}
