import CMekikiKernels

/// Scaled dot-product attention over several heads.
///
/// Vaswani and others, "Attention Is All You Need", 2017.
public struct Attention: Sendable {
    /// The number of heads, which lie side by side in each row.
    public let heads: Int

    /// Elements of one head.
    public let headWidth: Int

    /// Whether a position sees itself and what precedes it only.
    public let isCausal: Bool

    /// How far from itself a position sees, in both directions; `nil` for any distance.
    ///
    /// What lies outside is not computed: a window makes the work linear in a sequence's length.
    public let window: Int?

    /// The factor of the scores, `1 / sqrt(headWidth)`.
    public var scale: Float { 1 / Float(headWidth).squareRoot() }

    /// Makes an attention.
    ///
    /// - Parameters:
    ///   - heads: The number of heads.
    ///   - headWidth: Elements of one head.
    ///   - isCausal: Whether a position sees itself and what precedes it only.
    ///   - window: How far from itself a position sees, in both directions.
    public init(heads: Int, headWidth: Int, isCausal: Bool, window: Int? = nil) {
        precondition(heads > 0 && headWidth > 0, "Attention has at least one head of one element.")
        precondition(window ?? 0 >= 0, "A window is as wide as a position or wider.")
        self.heads = heads
        self.headWidth = headWidth
        self.isCausal = isCausal
        self.window = window
    }

    /// Attends within each of several sequences that share their tensors.
    ///
    /// A team divides the sequences among its threads, and the heads where there are few sequences.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - query: Queries of all sequences, `heads * headWidth` columns.
    ///   - key: Keys of all sequences, in the same rows.
    ///   - value: Values of all sequences, in the same rows.
    ///   - output: Takes the results, in the same rows.
    ///   - queryRows: The rows of each sequence's queries and results, where they are not the
    ///     sequence's own.
    ///   - queryPlaces: The place of each sequence's first query among its keys; the queries are
    ///     the sequence's last where that isn't said.
    ///   - scratch: Float32 memory, one tensor for each thread of the team.
    ///   - team: The threads that share the work.
    public func run(
        _ sequences: [Range<Int>],
        query: TensorSlice,
        key: TensorSlice,
        value: TensorSlice,
        into output: TensorSlice,
        queryRows: [Range<Int>]? = nil,
        queryPlaces: [Int]? = nil,
        scratch: [Tensor],
        by team: ThreadTeam = .alone
    ) {
        precondition(scratch.count >= team.size, "Each thread has scratch memory of its own.")
        let wanted = max(1, 2 * team.size / max(1, sequences.count))
        let groups = team.size == 1 ? [0..<heads] : heads.divided(into: wanted)
        team.forEach(sequences.count * groups.count) { unit, member in
            let sequence = sequences[unit / groups.count]
            let queries = queryRows?[unit / groups.count] ?? sequence
            let group = groups[unit % groups.count]
            let columns = group.lowerBound * headWidth..<group.upperBound * headWidth
            let attention = Attention(
                heads: group.count,
                headWidth: headWidth,
                isCausal: isCausal,
                window: window
            )
            attention.run(
                query: query.slice(rows: queries, columns: columns),
                key: key.slice(rows: sequence, columns: columns),
                value: value.slice(rows: sequence, columns: columns),
                into: output.slice(rows: queries, columns: columns),
                queryPlace: queryPlaces?[unit / groups.count],
                scratch: scratch[member]
            )
        }
    }

    /// Attends within one sequence.
    ///
    /// The four slices have one element type; sums are float32 in either.
    ///
    /// - Parameters:
    ///   - query: Shape `[queries, heads * headWidth]`.
    ///   - key: Shape `[keys, heads * headWidth]`.
    ///   - value: Shape `[keys, heads * headWidth]`.
    ///   - output: Shape `[queries, heads * headWidth]`.
    ///   - queryPlace: The place of the first query among the keys, which matters to a causal mask
    ///     or a window; the queries are the last positions of the sequence where it isn't said.
    ///   - scratch: Float32 memory of the calling thread, reshaped as needed.
    public func run(
        query: TensorSlice,
        key: TensorSlice,
        value: TensorSlice,
        into output: TensorSlice,
        queryPlace: Int? = nil,
        scratch: Tensor
    ) {
        let width = heads * headWidth
        let keys = key.rows
        let place = queryPlace ?? keys - query.rows
        let isLimited = isCausal || window != nil
        precondition(
            query.columns == width && key.columns == width && value.columns == width
                && output.columns == width && key.rows == value.rows && key.rows > 0
                && query.rows == output.rows
                && (!isLimited || (place >= 0 && place + query.rows <= keys)),
            "Attention needs rows of all heads, a value for each key, a result for each query."
        )
        precondition(
            query.element == key.element && key.element == value.element
                && value.element == output.element && scratch.element == .float32,
            "Attention takes and gives one element type."
        )
        let needed = mekiki_attention_scratch_f32(Int64(key.rows), Int64(headWidth))
        scratch.reshape(rows: 1, columns: Int(needed))
        var description = mekiki_attention_t(
            query: query.pointer,
            key: key.pointer,
            value: value.pointer,
            output: output.pointer,
            query_stride: Int64(query.stride),
            key_stride: Int64(key.stride),
            value_stride: Int64(value.stride),
            output_stride: Int64(output.stride),
            queries: Int64(query.rows),
            keys: Int64(key.rows),
            heads: Int64(heads),
            head_width: Int64(headWidth),
            scale: scale,
            position: Int64(place),
            before: Int64(min(window ?? keys, keys)),
            after: Int64(isCausal ? 0 : min(window ?? keys, keys)),
            scratch: scratch.all.floats.baseAddress
        )
        switch query.element {
        case .float32: mekiki_attention_f32(&description)
        case .bfloat16: mekiki_attention_bf16(&description)
        }
    }
}
