import CMekikiKernels

/// The levels that this processor can run.
enum VectorLevels {
    static var available: [mekiki_cpu_level_t] {
        let detected = mekiki_cpu_detected()
        if detected == MEKIKI_CPU_NEON { return [MEKIKI_CPU_SCALAR, MEKIKI_CPU_NEON] }
        return [MEKIKI_CPU_SCALAR, MEKIKI_CPU_AVX2, MEKIKI_CPU_AVX512, MEKIKI_CPU_AVX512_BF16]
            .filter { $0.rawValue <= detected.rawValue }
    }
}
