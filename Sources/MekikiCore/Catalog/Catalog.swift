/// All that a library needs of its storage.
public typealias Catalog =
    ImageStore & VectorSearch & TextVectorStore & SpaceStore & SettingStore & TagStore & WordStore
    & TextVectorSearch & TextSearch
