import CMekikiKernels
import MekikiCore
import Testing

/// What this processor has, and the cap on it.
@Suite struct CPUTests {
    @Test func everyLevelHasAName() {
        let names = (0...4).map { String(cString: mekiki_cpu_level_name(.init(UInt32($0)))) }
        #expect(names == ["scalar", "avx2", "avx512", "avx512_bf16", "neon"])
    }

    @Test func theLimitCapsAndNeverRaises() {
        let detected = mekiki_cpu_detected()
        defer { mekiki_cpu_limit(detected) }
        mekiki_cpu_limit(MEKIKI_CPU_SCALAR)
        #expect(mekiki_cpu_level() == MEKIKI_CPU_SCALAR)
        #expect(mekiki_cpu_detected() == detected)
        mekiki_cpu_limit(MEKIKI_CPU_NEON)
        #expect(mekiki_cpu_level() == detected)
        for level in VectorLevels.available {
            mekiki_cpu_limit(level)
            #expect(mekiki_cpu_level() == level)
        }
    }

    @Test func theLimitIsTheThreadsOwn() async throws {
        let other = WorkerThreads(count: 1, name: "limited")
        try await other.run { mekiki_cpu_limit(MEKIKI_CPU_SCALAR) }
        #expect(mekiki_cpu_level() == mekiki_cpu_detected())
        let limited = try await other.run { mekiki_cpu_level() }
        #expect(limited == MEKIKI_CPU_SCALAR)
    }

    @Test func theProcessorsArchitectureDecides() {
        #if arch(x86_64)
        #expect(mekiki_cpu_detected() != MEKIKI_CPU_NEON)
        #elseif arch(arm64)
        #expect(mekiki_cpu_detected() == MEKIKI_CPU_NEON)
        #endif
    }
}
