import CMekikiKernels

/// What computes the products of linear layers.
public enum LinearEngine: String, Sendable, CaseIterable {
    /// Our own kernels, for processors with AVX-512: on them the fastest, above all for few rows.
    case kernels
    /// oneDNN, for all others, and for those with matrix units (AMX), which our kernels don't use.
    case oneDNN

    /// The engines that this processor has, for tests and measurements.
    ///
    /// - Parameter element: What a product takes, an even number of them a row.
    /// - Returns: One or more engines.
    public static func available(computing element: ElementType) -> [LinearEngine] {
        let hasKernels =
            element == .float32 ? mekiki_product_has_f32() : mekiki_product_has_bf16()
        return hasKernels ? allCases : [.oneDNN]
    }

    static func fastest(for layer: LayerDescription) -> LinearEngine {
        if layer.computing == .bfloat16, mekiki_cpu_has_amx_bf16() { return .oneDNN }
        return KernelLayer.runs(layer) ? .kernels : .oneDNN
    }
}
