import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

/// Every catalog keeps the contract.
@Suite struct CatalogCompatibilityTests {
    @Test(arguments: CatalogCompatibility.checks)
    func inMemory(_ check: CatalogCompatibility.Check) async throws {
        try await check.run { clock in InMemoryCatalog(now: { clock.now }) }
    }

    @Test(arguments: CatalogCompatibility.checks)
    func sqlite(_ check: CatalogCompatibility.Check) async throws {
        let folder = try TemporaryFolder()
        try await check.run { clock in
            try SQLiteCatalog(
                path: folder.file(SQLiteCatalog.fileName),
                SQLiteCatalogOptions(now: { clock.now })
            )
        }
    }
}
