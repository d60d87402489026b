// swift-tools-version: 6.2
import PackageDescription

// What `make bench` measures Mekiki with. A package of its own, so that the program neither builds
// nor ships it.
let package = Package(
    name: "mekiki-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "mekiki", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .target(name: "CPeak"),
        .executableTarget(
            name: "mekiki-bench",
            dependencies: [
                "CPeak",
                .product(name: "MekikiParts", package: "mekiki"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
