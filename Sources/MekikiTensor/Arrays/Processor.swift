import CMekikiKernels

/// What the processor at hand can do, for reports.
public enum Processor {
    /// The instructions that our own kernels use, such as `avx512_bf16`, `avx2` or `neon`.
    public static var level: String {
        String(cString: mekiki_cpu_level_name(mekiki_cpu_level()))
    }
}
