import Foundation
import GRDB
import MekikiCore

/// The tables of `catalog.sqlite`, and what makes a file one of ours.
///
/// Steps are only ever added at the end: a step that was released never changes.
enum CatalogSchema {
    /// "Mkki" in ASCII, in the file's header, where `file` and other programs see it.
    static let applicationID = 0x4D6B_6B69

    /// The bytes of a page of the file.
    static let pageSize = 8192

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 images, files, vectors") { db in
            try db.execute(sql: firstTables)
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        migrator.registerMigration("2 average colours") { db in
            try db.execute(sql: averageColors)
        }
        migrator.registerMigration("3 inodes") { db in
            try db.execute(sql: inodes)
        }
        migrator.registerMigration("4 checksums") { db in
            try ChecksummedTable.add(to: tablesOfFirstChecksums, db)
        }
        migrator.registerMigration("5 roles of spaces, vectors of texts") { db in
            try db.execute(sql: rolesOfSpaces)
            try db.execute(sql: vectorsOfTexts)
            try ChecksummedTable.add(to: ["space", "text_vector"], db)
            try chooseFullestSpace(db)
        }
        migrator.registerMigration("6 tags") { db in
            try db.execute(sql: tags)
            try ChecksummedTable.add(to: ["tag"], db)
        }
        migrator.registerMigration("7 words") { db in
            try db.execute(sql: WordTables.creation)
            try ChecksummedTable.add(to: WordTables.checksummed, db)
        }
        migrator.registerMigration("8 full text") { db in
            try db.execute(sql: FullTextIndex.creation)
            try FullTextIndex.rebuild(db)
        }
        return migrator
    }

    /// Refuses a database that another program made, before anything is written to it.
    ///
    /// GRDB makes its list of migrations before the first of them runs: a process may see that
    /// list alone, while another makes the library or after one was killed.
    static func checkIdentity(_ db: Database) throws {
        // One statement, so that both answers are of the same moment.
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT application_id, (
                    SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'
                )
                FROM pragma_application_id
                """
        )
        guard let row else { return }
        let found: Int = try row.decode(atIndex: 0)
        let tableCount: Int = try row.decode(atIndex: 1)
        guard found == applicationID || (found == 0 && tableCount == 0) else {
            throw MekikiError(
                .configuration,
                "This is a database of another program. Choose another folder for the library."
            )
        }
    }

    /// Adds the tables that are missing.
    static func migrate(_ pool: DatabasePool) throws {
        while true {
            // A library that is up to date is not written to: the disk may be full.
            if try pool.read(migrator.hasCompletedMigrations) { return }
            let finished = try pool.read(migrator.appliedIdentifiers)
            do {
                return try migrator.migrate(pool)
            } catch {
                // Processes that open a new library at once all start, each at the step that it saw
                // to be next; the slower ones fail at a table that is already there. Whoever sees
                // that a step was finished meanwhile begins again behind it.
                guard try pool.read(migrator.appliedIdentifiers) != finished else { throw error }
            }
        }
    }

    /// Refuses a library that a newer version wrote: its tables may mean something else.
    static func checkVersion(_ db: Database) throws {
        guard try !migrator.hasBeenSuperseded(db) else { throw tooNew }
    }

    static let tooNew = MekikiError(
        .configuration,
        "A newer version of Mekiki wrote this library. Update Mekiki to use it."
    )

    /// Refuses, for a reader that can't change it, a library that an older version wrote.
    static func checkIsComplete(_ db: Database) throws {
        guard try migrator.hasCompletedMigrations(db) else {
            throw MekikiError(
                .configuration,
                """
                An older version of Mekiki wrote this library, or it is still empty. Index a \
                folder once to bring it up to date.
                """
            )
        }
    }

    /// Everything is STRICT, so that a number can't slip into a column of texts.
    ///
    /// - `image.id` is AUTOINCREMENT: people note the numbers, so none is ever given twice.
    /// - `image.added_at` is in milliseconds since 1970, `modified_at` in nanoseconds.
    /// - `text_field` is what full text will search; `origin` says who wrote a text, and `position`
    ///   keeps the order in which its source had it.
    /// - `vector.components` holds half-precision components, two bytes each, lower byte first. Not
    ///   WITHOUT ROWID: SQLite advises against it for rows of a kilobyte.
    /// - `image_change` holds, for every image that ever was, the number of the transaction that
    ///   last changed its vectors or whether it has a present file. Vectors in memory are brought
    ///   up to date from it, whichever process wrote.
    private static let firstTables = """
        CREATE TABLE root (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE image (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
            format TEXT NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            byte_count INTEGER NOT NULL,
            taken_at TEXT,
            camera_make TEXT,
            camera_model TEXT,
            added_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX image_by_arrival ON image (added_at);

        CREATE TABLE text_field (
            id INTEGER PRIMARY KEY,
            image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
            origin TEXT NOT NULL,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (image_id, origin, position)
        ) STRICT;

        CREATE TABLE file (
            root_id INTEGER NOT NULL REFERENCES root (id),
            path TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            modified_at INTEGER NOT NULL,
            image_id INTEGER NOT NULL REFERENCES image (id),
            is_missing INTEGER NOT NULL CHECK (is_missing IN (0, 1)),
            PRIMARY KEY (root_id, path)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX file_by_image ON file (image_id, is_missing);

        CREATE TABLE failure (
            root_id INTEGER NOT NULL REFERENCES root (id),
            path TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            modified_at INTEGER NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (root_id, path)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE space (
            id INTEGER PRIMARY KEY,
            model TEXT NOT NULL,
            revision TEXT NOT NULL,
            dimension INTEGER NOT NULL CHECK (dimension > 0),
            UNIQUE (model, revision, dimension)
        ) STRICT;

        CREATE TABLE vector (
            id INTEGER PRIMARY KEY,
            image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
            space_id INTEGER NOT NULL REFERENCES space (id),
            components BLOB NOT NULL,
            UNIQUE (space_id, image_id)
        ) STRICT;
        CREATE INDEX vector_by_image ON vector (image_id);

        CREATE TABLE image_change (
            image_id INTEGER PRIMARY KEY,
            generation INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX image_change_by_generation ON image_change (generation);

        CREATE TABLE setting (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// `0xRRGGBB`; NULL for images that were indexed before.
    private static let averageColors = """
        ALTER TABLE image ADD COLUMN average_color INTEGER
            CHECK (average_color BETWEEN 0 AND 16777215)
        """

    /// The bits of an unsigned number; NULL for files that were indexed before, which the next run
    /// over their folder fills in without reading them.
    private static let inodes = """
        ALTER TABLE file ADD COLUMN inode INTEGER;
        ALTER TABLE failure ADD COLUMN inode INTEGER;
        """

    /// All but `image_change`, which follows from the others.
    private static let tablesOfFirstChecksums = [
        "root", "image", "text_field", "file", "failure", "space", "vector", "setting",
    ]

    /// A model's name and files may serve pictures and texts: two spaces.
    ///
    /// The table is made anew because SQLite can't change what is unique. `folder` is where the model was
    /// found last.
    private static let rolesOfSpaces = """
        CREATE TABLE new_space (
            id INTEGER PRIMARY KEY,
            model TEXT NOT NULL,
            revision TEXT NOT NULL,
            dimension INTEGER NOT NULL CHECK (dimension > 0),
            role TEXT NOT NULL CHECK (role IN ('image', 'text')),
            folder TEXT,
            UNIQUE (model, revision, dimension, role)
        ) STRICT;
        INSERT INTO new_space (id, model, revision, dimension, role)
            SELECT id, model, revision, dimension, 'image' FROM space;
        DROP TABLE space;
        ALTER TABLE new_space RENAME TO space;
        """

    /// The components are those of the text's passages, one vector after the other.
    ///
    /// They come before the numbers, so that no row looks like one of `vector` to a repair.
    private static let vectorsOfTexts = """
        CREATE TABLE text_vector (
            id INTEGER PRIMARY KEY,
            components BLOB NOT NULL,
            text_field_id INTEGER NOT NULL REFERENCES text_field (id) ON DELETE CASCADE,
            space_id INTEGER NOT NULL REFERENCES space (id),
            UNIQUE (space_id, text_field_id)
        ) STRICT;
        CREATE INDEX text_vector_by_text ON text_vector (text_field_id);
        """

    /// Chooses the space that most images have a vector in, the latest of equals.
    ///
    /// So a library from before spaces were chosen goes on answering with the model that it was made with,
    /// whatever the default is by now.
    static func chooseFullestSpace(_ db: Database) throws {
        let fullest = try Int64.fetchOne(
            db,
            sql: """
                SELECT space_id FROM vector GROUP BY space_id
                ORDER BY count(*) DESC, space_id DESC LIMIT 1
                """
        )
        guard let fullest, let chosen = try SpaceRow.space(fullest, db) else { return }
        try SettingRow.set(
            SpaceSetting.current(.image),
            to: SpaceSetting.text(of: chosen.space),
            db
        )
        try ChecksummedTable.renewSums(of: "setting", db)
    }
    /// Labels that models found to fit images.
    ///
    /// `label_set` names the labels that were tried together, because a label's probability is one
    /// among those; a set's tags replace its earlier ones, whichever model they came from.
    private static let tags = """
        CREATE TABLE tag (
            id INTEGER PRIMARY KEY,
            image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
            space_id INTEGER NOT NULL REFERENCES space (id),
            label_set TEXT NOT NULL,
            label TEXT NOT NULL,
            probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
            UNIQUE (image_id, label_set, label)
        ) STRICT;
        CREATE INDEX tag_by_label ON tag (label, probability);
        """
}
