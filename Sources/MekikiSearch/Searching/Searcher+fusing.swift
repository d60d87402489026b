import MekikiCore

extension Searcher {
    /// Several channels, asked side by side and fused; then the rest of the picture's own ranking.
    func fused(_ plan: ChannelPlan, _ query: Query, _ scope: Scope) async throws -> FoundImages {
        let rankings = try await rankings(plan, query, scope)
        let candidates = fusion.fused(rankings.map { ($0.channel, $0.entries.map(\.id)) })
        var images = candidates.map { found($0, rankings, isAlone: plan.channels.count == 1) }
        if query.reranks { images = try await reranked(images, query) }
        let end = scope.offset + query.limit
        var total = images.count
        var isExact = rankings.allSatisfy { $0.total <= Self.depth }
        if let pictures = rankings.first(where: { $0.channel == .image }) {
            // Whoever has a vector is ranked, and what only words found comes on top.
            let ranked = Set(pictures.entries.map(\.id))
            let wordsAlone = images.count { !ranked.contains($0.id) }
            total = isExact ? images.count : max(images.count, pictures.total)
            isExact = isExact || wordsAlone == 0
            if end > images.count, pictures.total > Self.depth {
                images += try await others(
                    than: Set(images.map(\.id)),
                    plan,
                    query,
                    scope,
                    limit: end
                )
            }
        } else if !isExact {
            total = max(images.count, rankings.map(\.total).max() ?? 0)
        }
        return FoundImages(
            images: Array(images.dropFirst(scope.offset).prefix(query.limit)),
            total: total,
            isTotalExact: isExact,
            comparison: Comparison(rankings)
        )
    }

    private func rankings(
        _ plan: ChannelPlan,
        _ query: Query,
        _ scope: Scope
    ) async throws -> [Ranking] {
        try await withThrowingTaskGroup(of: (Int, Ranking).self) { group in
            for (index, channel) in plan.channels.enumerated() {
                group.addTask {
                    (index, try await ranking(channel, plan, query, scope, limit: Self.depth))
                }
            }
            var rankings: [Int: Ranking] = [:]
            for try await (index, ranking) in group { rankings[index] = ranking }
            return plan.channels.indices.compactMap { rankings[$0] }
        }
    }

    /// Images behind all candidates, in the order of their pictures.
    private func others(
        than known: Set<ImageID>,
        _ plan: ChannelPlan,
        _ query: Query,
        _ scope: Scope,
        limit: Int
    ) async throws -> [Found] {
        let ranking = try await ranking(.image, plan, query, scope, limit: limit + known.count)
        return ranking.entries.enumerated().compactMap { index, entry in
            guard !known.contains(entry.id) else { return nil }
            let reason = Hit.Reason(channel: .image, rank: index + 1, score: entry.score)
            return Found(id: entry.id, reasons: [reason], texts: [nil])
        }
    }

    /// A fused image with the reasons of its channels, and that of the fusion behind them.
    private func found(
        _ fused: RankFusion.Fused,
        _ rankings: [Ranking],
        isAlone: Bool
    ) -> Found {
        var reasons: [Hit.Reason] = []
        var texts: [NamedPassage?] = []
        for (channel, rank) in fused.ranks {
            guard let entry = rankings.first(where: { $0.channel == channel })?.entries[rank - 1]
            else { continue }
            reasons.append(Hit.Reason(channel: channel, rank: rank, score: entry.score))
            texts.append(entry.text)
        }
        if !isAlone {
            let score = Score.fused(Float(fused.score))
            reasons.append(Hit.Reason(channel: .fusion, rank: 0, score: score))
            texts.append(nil)
        }
        return Found(id: fused.id, reasons: reasons, texts: texts)
    }

    // MARK: Reranking

    /// The first images, ordered by what a reranker says of their words; those without words follow in the
    /// order that they had.
    private func reranked(_ images: [Found], _ query: Query) async throws -> [Found] {
        guard let reranker else {
            throw MekikiError(
                .unavailable,
                "No reranker is there. Get one with `mekiki models pull`, or search without reranking.",
                subject: "rerank"
            )
        }
        let head = images.prefix(Self.rerankedCount)
        let texts = try await catalog.texts(of: head.map(\.id))
        var readable: [(image: Found, text: String)] = []
        var others: [Found] = []
        for image in head {
            if let text = Self.text(of: texts[image.id] ?? [], for: query.target) {
                readable.append((image, text))
            } else {
                others.append(image)
            }
        }
        guard !readable.isEmpty else { return images }
        let words = query.words.contains { !$0.isWhitespace } ? query.words : query.textWords
        let scores = try await reranker.scores(of: readable.map(\.text), for: words)
        let order = zip(readable, scores).sorted { left, right in
            left.1 != right.1 ? left.1 > right.1 : left.0.image.id < right.0.image.id
        }
        let read = order.enumerated().map { index, element in
            var image = element.0.image
            let score = Score.reranked(element.1, reranker.scale)
            let reason = Hit.Reason(channel: .reranker, rank: index + 1, score: score)
            image.reasons.insert(reason, at: 0)
            image.texts.insert(nil, at: 0)
            return image
        }
        return read + others + images.dropFirst(Self.rerankedCount)
    }

    /// The words of an image that a reranker reads: of the kind that is searched, the user's before a
    /// model's before a file's; for all kinds the caption, else the prompt, else what stands in the picture.
    static func text(of texts: [ImageText], for target: SearchTarget) -> String? {
        let kinds: [TextTarget] =
            switch target {
            case .prompt: [.prompt]
            case .ocr: [.ocr]
            case .caption: [.caption]
            case .all, .image: [.caption, .prompt, .ocr]
            }
        let order: [TextOrigin] = [.user, .model, .imported, .sidecar, .photograph]
        for kind in kinds {
            let own = texts.filter { $0.target == kind }
            let best = own.min { left, right in
                let places = [left, right].map { text in
                    TextOrigin(rawValue: text.id.origin).flatMap(order.firstIndex) ?? order.count
                }
                return places[0] != places[1] ? places[0] < places[1] : left.id < right.id
            }
            if let best { return best.text }
        }
        return nil
    }
}
