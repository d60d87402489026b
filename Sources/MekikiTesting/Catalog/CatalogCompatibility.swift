import Foundation
import MekikiCore

/// The behaviour that every `Catalog` must show, as checks that any test target can run.
///
/// Each check gets a catalog of its own, empty, and throws `CompatibilityFailure` when an answer is
/// another one than the role promises:
///
/// ```swift
/// @Test(arguments: CatalogCompatibility.checks)
/// func keepsTheContract(_ check: CatalogCompatibility.Check) async throws {
///     try await check.run { clock in InMemoryCatalog(now: { clock.now }) }
/// }
/// ```
public enum CatalogCompatibility {
    /// All checks.
    public static let checks: [Check] =
        fileChecks + missingFileChecks + failureChecks + imageChecks + vectorChecks
        + nearestChecks + transactionChecks + spaceChecks + textChecks + tagChecks
        + wordChecks + filterChecks + nearestTextChecks + fullTextChecks

    /// One behaviour.
    public struct Check: Sendable, CustomStringConvertible {
        /// What must hold, as a sentence.
        public let description: String

        private let body: @Sendable (CatalogScene) async throws -> Void

        init(_ description: String, _ body: @escaping @Sendable (CatalogScene) async throws -> Void)
        {
            self.description = description
            self.body = body
        }

        /// Runs the check.
        ///
        /// - Parameter makeCatalog: Makes an empty catalog that takes the time from a clock.
        /// - Throws: `CompatibilityFailure`, or what the catalog threw.
        public func run(
            _ makeCatalog: @Sendable (FakeClock) async throws -> any Catalog
        ) async throws {
            let clock = FakeClock()
            try await body(CatalogScene(catalog: makeCatalog(clock), clock: clock))
        }
    }
}
