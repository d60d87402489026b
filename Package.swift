// swift-tools-version: 6.2
import PackageDescription

// The targets stand in walking order: values and roles, then what implements them, then the flows,
// then the ways in. Scripts/layering.sh checks that imports follow the arrows drawn here.
let package = Package(
    name: "mekiki",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "MekikiKit", targets: ["MekikiKit"]),
        .library(name: "MekikiServer", targets: ["MekikiServer"]),
        // For Benchmarks, which measures the parts alone.
        .library(
            name: "MekikiParts",
            targets: [
                "MekikiCore", "MekikiImages", "MekikiTensor", "MekikiTokenizers", "MekikiModels",
                "MekikiVectors", "MekikiCatalog",
            ]
        ),
        .executable(name: "mekiki", targets: ["mekiki"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            from: "2.28.1",
            // Without its configuration files and what they bring.
            traits: []
        ),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
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
            // All come with libvips' own development files.
            linkerSettings: [
                .linkedLibrary("lcms2"), .linkedLibrary("webp"), .linkedLibrary("z"),
            ]
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
        .systemLibrary(
            name: "CMecabLibrary",
            providers: [
                .apt(["libmecab-dev", "mecab-ipadic-utf8"]), .brew(["mecab", "mecab-ipadic"]),
            ]
        ),
        .target(
            name: "MekikiCatalog",
            dependencies: [
                "MekikiCore", "MekikiVectors", "CMecabLibrary",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),

        // Pictures -> the text in them, read by a program of the system's.
        .target(name: "MekikiOCR", dependencies: ["MekikiCore"]),

        // What calls out: the model hub.
        .target(
            name: "MekikiClients",
            dependencies: [
                "MekikiCore",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),

        // The two flows: images in, answers out.
        .target(name: "MekikiSearch", dependencies: ["MekikiCore"]),

        // Ways in.
        .target(
            name: "MekikiKit",
            dependencies: [
                "MekikiCore", "MekikiImages", "MekikiModels", "MekikiTensor", "MekikiTokenizers",
                "MekikiCatalog", "MekikiOCR", "MekikiClients", "MekikiSearch",
            ]
        ),
        .target(
            name: "MekikiServer",
            dependencies: [
                "MekikiKit",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            // Found beside the executable at run time, as the models are.
            exclude: ["Web"]
        ),
        .executableTarget(
            name: "mekiki",
            dependencies: [
                "MekikiKit", "MekikiServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
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
        .testTarget(
            name: "MekikiTensorTests",
            dependencies: ["MekikiTensor", "MekikiTesting"],
            exclude: ["Fixtures"]
        ),
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
            name: "MekikiOCRTests",
            dependencies: ["MekikiOCR", "MekikiCore", "MekikiImages", "MekikiTesting"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "MekikiSearchTests",
            dependencies: ["MekikiSearch", "MekikiCatalog", "MekikiTesting"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "MekikiClientsTests",
            dependencies: [
                "MekikiClients", "MekikiCore", "MekikiTesting", "mekiki",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "MekikiKitTests",
            dependencies: ["MekikiKit", "MekikiCatalog", "MekikiImages", "MekikiTesting"]
        ),
        .testTarget(
            name: "MekikiServerTests",
            dependencies: [
                "MekikiKit", "MekikiServer", "MekikiCatalog", "MekikiTesting",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ]
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

// Fuzzers exist only while Scripts/fuzz.sh builds: they need the compiler's fuzzing runtime, and
// nothing that is installed may depend on them.
if Context.environment["MEKIKI_FUZZING"] != nil {
    package.targets += [
        .target(name: "CLibFuzzer", path: "Fuzzing/CLibFuzzer"),
        .executableTarget(
            name: "mekiki-fuzz",
            dependencies: [
                "CLibFuzzer", "MekikiCore", "MekikiImages", "MekikiModels", "MekikiSearch",
                "MekikiTensor", "MekikiTesting", "MekikiTokenizers",
            ],
            path: "Fuzzing/mekiki-fuzz"
        ),
    ]
}
