import COneDNN

/// The function that a linear layer can apply to its results.
public enum Activation: String, Sendable, CaseIterable {
    /// None.
    case identity
    /// `x * Phi(x)`, exactly, by the error function (Hendrycks and Gimpel 2016).
    case gelu
    /// The tanh approximation of GELU from the same paper.
    case geluTanh
    /// `x * sigmoid(1.702 x)`, the approximation that OpenAI's CLIP was trained with.
    case quickGELU

    var oneDNN: mekiki_activation_t {
        switch self {
        case .identity: MEKIKI_ACTIVATION_NONE
        case .gelu: MEKIKI_ACTIVATION_GELU
        case .geluTanh: MEKIKI_ACTIVATION_GELU_TANH
        case .quickGELU: MEKIKI_ACTIVATION_QUICK_GELU
        }
    }
}
