import Foundation

/// A folder of this process in which an input takes the place of one file.
///
/// An input's first byte chooses the file, so that one corpus serves several; the others stay as
/// they were copied.
struct InputFolder {
    /// The folder.
    let url: URL

    private let names: [String]
    private let originals: [Data?]

    /// Makes the folder from files of the repository.
    ///
    /// - Parameters:
    ///   - source: The folder to copy from, below the working directory.
    ///   - part: A name that tells folders of one process apart.
    ///   - names: The files that an input may replace; absent ones only exist while they do.
    ///   - others: More files to copy.
    /// - Throws: What Foundation says where a file can't be read or written.
    init(
        copying source: String,
        to part: String = "input",
        names: [String],
        others: [String] = []
    ) throws {
        // In memory: a disk would be what is measured.
        let parent = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        url = URL(fileURLWithPath: "\(parent)/mekiki-fuzz-\(getpid())/\(part)")
        let folder = URL(fileURLWithPath: source)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        self.names = names
        originals = names.map { try? Data(contentsOf: folder.appending(path: $0)) }
        for name in others {
            try Data(contentsOf: folder.appending(path: name)).write(to: url.appending(path: name))
        }
        for (name, original) in zip(names, originals) {
            try original?.write(to: url.appending(path: name))
        }
    }

    /// Puts an input in its place, does the work, and restores the folder.
    func with(_ input: Data, _ body: () -> Bool) -> Bool {
        guard let choice = input.first else { return false }
        let index = Int(choice) % names.count
        let file = url.appending(path: names[index])
        do {
            try input.dropFirst().write(to: file)
            let result = body()
            if let original = originals[index] {
                try original.write(to: file)
            } else {
                try FileManager.default.removeItem(at: file)
            }
            return result
        } catch {
            // The fuzzer's own fault, and never the reader's.
            FileHandle.standardError.write(Data("fuzz: \(file.path): \(error)\n".utf8))
            _exit(74)
        }
    }
}
