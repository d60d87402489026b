/// What identifies a folder whatever its name.
struct FolderIdentity: Hashable {
    var device: UInt64
    var inode: UInt64
}
