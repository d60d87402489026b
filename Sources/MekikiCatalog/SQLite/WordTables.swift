/// The tables of migration 7: what images say in words, and what is still to be done for them.
enum WordTables {
    /// The tables that get checksums.
    static let checksummed = ["generation", "text_line", "finished_work"]

    /// - `image.provenance` is the JSON of a `Provenance`.
    /// - `generation` holds the typed fields; the prompts are texts like others, in `text_field`. `loras` and
    ///   `other` are JSON arrays of objects, in the order in which they were written.
    /// - `text_line` says where in the picture its text stands, in shares of its sides.
    /// - `finished_work` says what need not be done again, and why nothing came of it.
    static let creation = """
        ALTER TABLE image ADD COLUMN lens TEXT;
        ALTER TABLE image ADD COLUMN rating INTEGER;
        ALTER TABLE image ADD COLUMN latitude REAL;
        ALTER TABLE image ADD COLUMN longitude REAL;
        ALTER TABLE image ADD COLUMN provenance TEXT;
        CREATE INDEX image_by_moment ON image (taken_at) WHERE taken_at IS NOT NULL;

        CREATE TABLE generation (
            image_id INTEGER PRIMARY KEY REFERENCES image (id) ON DELETE CASCADE,
            generator TEXT NOT NULL,
            rule TEXT NOT NULL,
            seed TEXT,
            steps INTEGER,
            sampler TEXT,
            scheduler TEXT,
            cfg_scale REAL,
            width INTEGER,
            height INTEGER,
            model TEXT,
            model_hash TEXT,
            loras TEXT NOT NULL,
            other TEXT NOT NULL
        ) STRICT;
        CREATE INDEX generation_by_seed ON generation (seed) WHERE seed IS NOT NULL;

        CREATE TABLE text_line (
            id INTEGER PRIMARY KEY,
            image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            text TEXT NOT NULL,
            confidence REAL NOT NULL,
            x REAL NOT NULL,
            y REAL NOT NULL,
            width REAL NOT NULL,
            height REAL NOT NULL,
            UNIQUE (image_id, position)
        ) STRICT;

        CREATE TABLE finished_work (
            image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            version TEXT NOT NULL,
            failure TEXT,
            PRIMARY KEY (image_id, kind)
        ) STRICT, WITHOUT ROWID;
        """
}
