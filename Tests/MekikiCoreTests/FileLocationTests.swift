import MekikiCore
import Testing

@Suite struct FileLocationTests {
    @Test(arguments: [
        ("/photos", "a/b.jpg", "/photos/a/b.jpg"), ("/", "b.jpg", "/b.jpg"),
        ("/写真", "猫.jpg", "/写真/猫.jpg"),
    ])
    func theAbsolutePathJoinsRootAndPath(_ root: String, _ path: String, _ expected: String) {
        #expect(FileLocation(root: root, path: path).absolutePath == expected)
    }

    @Test func ordersByRootThenByPath() {
        let ordered = [
            FileLocation(root: "/a", path: "z"), FileLocation(root: "/b", path: "A"),
            FileLocation(root: "/b", path: "a"), FileLocation(root: "/b", path: "a/b"),
        ]
        #expect(ordered.reversed().sorted() == ordered)
    }

    @Test func theSamePathUnderAnotherRootIsAnotherLocation() {
        #expect(FileLocation(root: "/a", path: "b/c") != FileLocation(root: "/a/b", path: "c"))
    }
}
