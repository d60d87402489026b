import MekikiCore

extension VectorMatrix {
    /// The images whose rows have the greatest inner product with a query.
    ///
    /// Rows of the tail are all compared. Of sealed rows, codes tell which can be among the nearest,
    /// and these are compared: a row that belongs there is passed over with a probability below
    /// 1 % (``CandidateScan/reach``). What is found has its exact score, and the outcome is the same on any
    /// number of threads. It keeps processors busy: don't call it on Swift's cooperative threads when
    /// the matrix is large.
    ///
    /// - Parameters:
    ///   - query: A finite vector; another dimension than the matrix's is a programmer's mistake
    ///     and traps.
    ///   - request: How many, from which place on, without which images.
    ///   - threads: How many threads may work on it, the calling one included; 1 or more.
    /// - Returns: The neighbours, nearest first, equals in the order of their ids, and how many
    ///   rows took part.
    /// - Throws: ``DamagedPart`` when a sealed row isn't what was sealed.
    /// - Complexity: O(`count` * `dimension`).
    public func nearest(
        to query: Embedding,
        _ request: NearestRequest,
        threads: Int = 1
    ) throws(DamagedPart) -> NearestResult {
        precondition(query.dimension == dimension, "A query has the dimension of its matrix.")
        precondition(threads > 0, "A search needs a thread.")
        precondition(request.limit >= 0 && request.offset >= 0, "Counts can't be negative.")
        let admission = Admission(request, to: self)
        let total = admission.count
        guard request.offset < total, request.limit > 0 else {
            return NearestResult(neighbors: [], total: total)
        }
        let wanted = request.offset + min(request.limit, total - request.offset)
        let search = NearestSearch(self, query.values, wanted, admission)
        let best = try search.best(threads: threads)
        return NearestResult(neighbors: Array(best.sorted()[request.offset...]), total: total)
    }

    /// The nearest visible rows that a condition lets through.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the matrix's dimension.
    ///   - limit: How many are wanted.
    ///   - isIncluded: Whether a row takes part; it is asked for rows that are near enough only.
    /// - Returns: The neighbours, nearest first; equals in the order of their numbers.
    /// - Throws: ``DamagedPart`` when a sealed row isn't what was sealed.
    /// - Complexity: O(n) in the number of rows.
    public func nearest(
        to query: Embedding,
        limit: Int,
        where isIncluded: @escaping (ImageID) -> Bool
    ) throws(DamagedPart) -> [NearestResult.Neighbor] {
        precondition(query.dimension == dimension, "A query has the dimension of its matrix.")
        let admission = Admission(NearestRequest(limit: limit), to: self)
        let search = NearestSearch(self, query.values, min(limit, count), admission)
        return try search.best(threads: 1, where: isIncluded).sorted()
    }
}
