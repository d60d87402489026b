import MekikiCore

extension WordsRun {
    private typealias TextVector = CatalogChanges.TextVectorAddition

    /// Work kinds of text files: what is noted of an image is whether it has any.
    private static let without = FinishedWork.Work("sidecar", version: "none")
    private static let with = FinishedWork.Work("sidecar", version: "present")

    /// Brings the texts of text files beside images up to date.
    ///
    /// A scan of folders looks at image files alone, so nobody says when only a text file has changed. All
    /// folders are listed once, and the text files of images are compared with what the catalog
    /// has of them by content, not by time; images that never had any cost nothing.
    mutating func readSidecars() async throws {
        guard !stop.wasMade else { return }
        let survey = SidecarSurvey(try await catalog.files(under: nil))
        let maybe = try await awaiting(Self.without)
        let notNoted = Set(try await awaiting(Self.with))
        let ids = Set(maybe).union(survey.paths.keys).subtracting(survey.unknown).sorted()
        let catalog = catalog
        let outcome = try await inTurns(ids, .sidecars, FillingPace()) { part in
            let known = try await catalog.texts(of: part)
            let existing = Set(try await catalog.images(part).map(\.id))
            var changes = CatalogChanges(keepsImagesWithoutFile: true)
            for id in part where existing.contains(id) {
                let texts = survey.texts(of: id)
                let before = (known[id] ?? []).filter {
                    $0.id.origin == TextOrigin.sidecar.rawValue
                }
                let same = before.map { ImageMetadata.TextChunk(key: $0.key, text: $0.text) }
                if texts != same {
                    changes.texts.append(TextChange(imageID: id, origin: .sidecar, texts: texts))
                }
                let has = survey.paths[id] != nil
                if !has || notNoted.contains(id) {
                    let work = has ? Self.with : Self.without
                    changes.finished.append(FinishedWork(imageID: id, work: work))
                }
            }
            try await catalog.apply(changes)
            return Outcome(done: changes.texts.count)
        }
        report.sidecarCount += outcome.done
    }

    /// Reads the metadata of images that was read in another way.
    mutating func readMetadata() async throws {
        guard !stop.wasMade else { return }
        let work = FinishedWork.Work("metadata", version: filling.metadataVersion)
        let run = self
        let ids = try await awaiting(work)
        let request = ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
        let outcome = try await inTurns(ids, .metadata, FillingPace()) { part in
            var changes = CatalogChanges(keepsImagesWithoutFile: true)
            var outcome = Outcome()
            for (id, reading) in try await run.read(part, request) {
                switch reading {
                case .success(let reading):
                    changes.metadata[id] = reading.metadata
                    changes.finished.append(FinishedWork(imageID: id, work: work))
                    outcome.done += 1
                case .failure(let error):
                    // What was read of it before stays.
                    changes.finished.append(
                        FinishedWork(imageID: id, work: work, failure: error.message)
                    )
                    outcome.failed += 1
                case nil:
                    outcome.passedOver += 1
                }
            }
            try await run.catalog.apply(changes)
            return outcome
        }
        report.metadataCount += outcome.done
        report.failedCount += outcome.failed
        report.passedOverCount += outcome.passedOver
    }

    /// Reads the text in pictures.
    mutating func readPictures() async throws {
        guard !stop.wasMade, let ocr = filling.ocr else { return }
        guard try await catalog.setting(WordsFilling.ocrSetting) != "off" else { return }
        let work = FinishedWork.Work("ocr", version: ocr.version)
        let run = self
        let ids = try await awaiting(work)
        // Pages come with 2,000 pixels a side, if they have them: letters of 20 rows are readable.
        let request = ImageReadRequest(encoderSide: 1000, thumbnailSide: nil)
        let outcome = try await inTurns(ids, .ocr, FillingPace(startingWith: 4)) { part in
            var outcome = Outcome()
            // A few pictures in memory at once, whatever the turn has.
            for start in stride(from: 0, to: part.count, by: Self.pictureCount) {
                guard !run.stop.wasMade else { break }
                let some = Array(part[start..<min(start + Self.pictureCount, part.count)])
                let read = try await run.read(some, request)
                var changes = CatalogChanges(keepsImagesWithoutFile: true)
                var pictures: [(id: ImageID, pixels: PixelBuffer)] = []
                for (id, reading) in read {
                    switch reading {
                    case .success(let reading):
                        guard let pixels = reading.pixels else { continue }
                        pictures.append((id, pixels))
                    case .failure(let error):
                        changes.finished.append(
                            FinishedWork(imageID: id, work: work, failure: error.message)
                        )
                        outcome.failed += 1
                    case nil:
                        outcome.passedOver += 1
                    }
                }
                let results = try await ocr.read(pictures.map(\.pixels))
                for (picture, result) in zip(pictures, results) {
                    changes.add(result, of: picture.id, work, &outcome)
                }
                try await run.catalog.apply(changes)
            }
            return outcome
        }
        report.readCount += outcome.done
        report.foundCount += outcome.found
        report.failedCount += outcome.failed
        report.passedOverCount += outcome.passedOver
    }

    /// Pictures that are decoded and read together.
    private static let pictureCount = 8

    /// Gives each text a vector that lacks one.
    mutating func makeVectors() async throws {
        guard !stop.wasMade, let encoder = filling.encoder else { return }
        let encoding = PassageEncoding(encoder: encoder)
        let space = encoder.space
        let catalog = catalog
        let total = try await catalog.lackingCount(in: space)
        var done = 0
        var pace = FillingPace()
        while !stop.wasMade {
            progress(WordsProgress(phase: .vectors, done: done, total: max(total, done)))
            let count = pace.count
            let stop = stop
            let outcome = try await take {
                var outcome = Outcome()
                while outcome.done < count, !stop.wasMade {
                    let texts = try await catalog.textsWithoutVector(
                        in: space,
                        limit: min(Self.textCount, count - outcome.done)
                    )
                    guard !texts.isEmpty else { break }
                    let vectors = try await encoding(texts.map(\.text))
                    var changes = CatalogChanges(keepsImagesWithoutFile: true)
                    changes.textVectors = zip(texts, vectors).map {
                        TextVector(textID: $0.id, space: space, passages: $1)
                    }
                    try await catalog.apply(changes)
                    outcome.done += texts.count
                }
                return outcome
            }
            pace.learn(outcome.done, took: outcome.duration)
            done += outcome.done
            report.vectorCount += outcome.done
            guard outcome.done == count else { break }
        }
    }

    /// Texts that are encoded and committed together.
    private static let textCount = 32
}

extension CatalogChanges {
    /// Adds what was read in a picture.
    fileprivate mutating func add(
        _ result: Result<[TextLine], MekikiError>,
        of id: ImageID,
        _ work: FinishedWork.Work,
        _ outcome: inout WordsRun.Outcome
    ) {
        switch result {
        case .success(let lines):
            texts.append(
                TextChange(
                    imageID: id,
                    origin: .ocr,
                    texts: OCRTexts.texts(of: lines),
                    lines: lines
                )
            )
            finished.append(FinishedWork(imageID: id, work: work))
            outcome.done += 1
            outcome.found += lines.isEmpty ? 0 : 1
        case .failure(let error):
            finished.append(FinishedWork(imageID: id, work: work, failure: error.message))
            outcome.failed += 1
        }
    }
}
