import Hummingbird
import MekikiKit

/// What accompanies a request on its way through the server.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    /// Whether the request knows the token, or none is needed.
    var isSignedIn = true

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }

    /// The number of the image that the address names.
    ///
    /// - Throws: `Problem` when it is no number from 1 up.
    func imageID() throws -> ImageID {
        guard let text = parameters.get("id"), let id = ImageID(decimal: text) else {
            throw Problem.usage("id: An image's number is 1 or more, in decimal digits.")
        }
        return id
    }
}

extension ImageID {
    /// Reads a number, 1 or more, in plain digits.
    init?(decimal text: String) {
        guard text.isDigits, let number = Int64(text), number > 0 else { return nil }
        self.init(rawValue: number)
    }
}
