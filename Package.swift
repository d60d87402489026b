// swift-tools-version: 6.2
import PackageDescription

// The targets stand in walking order: values and roles, then what implements them, then the flows,
// then the ways in. Scripts/layering.sh checks that imports follow the arrows drawn here.
let package = Package(
    name: "mekiki",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "MekikiKit", targets: ["MekikiKit"]),
        .executable(name: "mekiki", targets: ["mekiki"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // Values and roles.
        .target(
            name: "MekikiCore",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")]
        ),

        // Image files -> pixels and metadata.
        .systemLibrary(
            name: "CVipsLibrary",
            pkgConfig: "vips",
            providers: [.apt(["libvips-dev"]), .brew(["vips"])]
        ),
        .target(
            name: "CVips",
            dependencies: ["CVipsLibrary"],
            // Both come with libvips' own development files.
            linkerSettings: [.linkedLibrary("lcms2"), .linkedLibrary("z")]
        ),
        .target(name: "MekikiImages", dependencies: ["MekikiCore", "CVips"]),

        // Text and pixels -> vectors.
        .systemLibrary(
            name: "COneDNNLibrary",
            providers: [.apt(["libdnnl-dev"]), .brew(["onednn"])]
        ),
        .target(name: "CMekikiKernels"),
        .target(
            name: "COneDNN",
            dependencies: ["COneDNNLibrary"],
            // oneDNN has no pkg-config file everywhere, and C sources don't link by module maps.
            linkerSettings: [.linkedLibrary("dnnl")]
        ),
        .target(name: "MekikiTensor", dependencies: ["MekikiCore", "COneDNN", "CMekikiKernels"]),
        .target(name: "MekikiTokenizers", dependencies: ["MekikiCore"]),
        .target(
            name: "MekikiModels",
            dependencies: [
                "MekikiCore", "MekikiTensor", "MekikiTokenizers", "CMekikiKernels",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),

        // Vectors -> nearest, and the catalog that keeps them.
        .target(name: "MekikiVectors", dependencies: ["MekikiCore", "CMekikiKernels"]),
        .target(
            name: "MekikiCatalog",
            dependencies: [
                "MekikiCore", "MekikiVectors",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),

        // The two flows: images in, answers out.
        .target(name: "MekikiSearch", dependencies: ["MekikiCore"]),

        // Ways in.
        .target(
            name: "MekikiKit",
            dependencies: [
                "MekikiCore", "MekikiImages", "MekikiModels", "MekikiTensor", "MekikiTokenizers",
                "MekikiCatalog", "MekikiSearch",
            ]
        ),
        .executableTarget(
            name: "mekiki",
            dependencies: [
                "MekikiKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // What tests share: fakes, fixtures, and the suites that every implementation must pass.
        .target(name: "MekikiTesting", dependencies: ["MekikiCore"]),
        .testTarget(name: "MekikiCoreTests", dependencies: ["MekikiCore", "MekikiTesting"]),
        .testTarget(
            name: "CMekikiKernelsTests",
            dependencies: ["CMekikiKernels", "MekikiCore", "MekikiTesting"]
        ),
        .testTarget(
            name: "MekikiImagesTests",
            dependencies: ["MekikiImages", "MekikiTesting"],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "MekikiTensorTests", dependencies: ["MekikiTensor", "MekikiTesting"]),
        .testTarget(
            name: "MekikiTokenizersTests",
            dependencies: ["MekikiTokenizers", "MekikiTesting"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "MekikiModelsTests",
            dependencies: ["MekikiModels", "MekikiImages", "MekikiTesting"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "MekikiVectorsTests",
            dependencies: ["MekikiCore", "MekikiVectors", "MekikiTesting"]
        ),
        .testTarget(
            name: "MekikiCatalogTests",
            dependencies: [
                "MekikiCore", "MekikiCatalog", "MekikiTesting",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(
            name: "MekikiSearchTests",
            dependencies: ["MekikiSearch", "MekikiCatalog", "MekikiTesting"]
        ),
        .testTarget(
            name: "MekikiKitTests",
            dependencies: ["MekikiKit", "MekikiImages", "MekikiTesting"]
        ),
        .testTarget(name: "mekikiTests", dependencies: ["mekiki", "MekikiTesting"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// Settings in one place, so that no target differs by accident.
for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings.append(.enableUpcomingFeature("ExistentialAny"))
    target.swiftSettings = settings
}
