import CMekikiKernels
import COneDNN
import MekikiCore

/// The precision that matrix products are asked to run in.
public enum ComputePrecision: String, Sendable, CaseIterable {
    /// bfloat16 where the processor multiplies it natively, float32 elsewhere.
    case automatic
    /// float32 everywhere: the reference, at about half the speed.
    case float32
    /// bfloat16 or an error.
    case bfloat16

    /// Whether bfloat16 products run on this processor at full speed.
    ///
    /// By our own kernels or by oneDNN, within the caps of `MEKIKI_CPU` and `ONEDNN_MAX_CPU_ISA`.
    /// Asked once, as oneDNN's answer costs a generated kernel.
    public static let hasBFloat16 = mekiki_product_has_bf16() || mekiki_onednn_has_bf16()

    /// The element type to compute in on this processor.
    ///
    /// - Returns: What matrix products take and give.
    /// - Throws: `MekikiError` with code `configuration` when bfloat16 was demanded and the
    ///   processor lacks it: it would run many times slower than float32.
    public func resolved() throws -> ElementType {
        try resolved(hasBFloat16: Self.hasBFloat16)
    }

    func resolved(hasBFloat16: Bool) throws -> ElementType {
        switch self {
        case .float32: return .float32
        case .automatic: return hasBFloat16 ? .bfloat16 : .float32
        case .bfloat16:
            guard hasBFloat16 else {
                throw MekikiError(
                    .configuration,
                    "This processor has no instructions for bfloat16 products. "
                        + "Set the precision to automatic or float32."
                )
            }
            return .bfloat16
        }
    }
}
