/// What an image was generated from, as its file says.
public struct Generation: Hashable, Sendable, Codable {
    /// The program that wrote it, such as `AUTOMATIC1111` or `ComfyUI`.
    public var generator: String

    /// The name of the rule that recognised it, such as `a1111` or `comfyui-graph`.
    public var rule: String

    /// What was asked for.
    public var prompt: String?

    /// What was to be avoided.
    public var negativePrompt: String?

    /// The number that the noise came from, in decimal digits: some are larger than 63 bits.
    public var seed: String?

    /// How many steps of denoising.
    public var steps: Int?

    /// The sampler's name, as it was written.
    public var sampler: String?

    /// The scheduler's name, as it was written.
    public var scheduler: String?

    /// The scale of classifier-free guidance.
    public var cfgScale: Double?

    /// The width that was asked for, in pixels; the file's may differ.
    public var width: Int?

    /// The height that was asked for, in pixels.
    public var height: Int?

    /// The model's name, as it was written.
    public var model: String?

    /// The model's hash, as it was written.
    public var modelHash: String?

    /// Additional small models, in the order in which they were named.
    public var loras: [LoRA]

    /// Everything else that was said, in its order, keys as they were written.
    public var other: [ImageMetadata.TextChunk]

    /// Creates what is known.
    ///
    /// - Parameters:
    ///   - generator: The program that wrote it.
    ///   - rule: The rule that recognised it.
    ///   - prompt: What was asked for.
    ///   - negativePrompt: What was to be avoided.
    ///   - seed: The number that the noise came from.
    ///   - steps: How many steps of denoising.
    ///   - sampler: The sampler's name.
    ///   - scheduler: The scheduler's name.
    ///   - cfgScale: The scale of classifier-free guidance.
    ///   - width: The width that was asked for.
    ///   - height: The height that was asked for.
    ///   - model: The model's name.
    ///   - modelHash: The model's hash.
    ///   - loras: Additional small models.
    ///   - other: Everything else.
    public init(
        generator: String,
        rule: String,
        prompt: String? = nil,
        negativePrompt: String? = nil,
        seed: String? = nil,
        steps: Int? = nil,
        sampler: String? = nil,
        scheduler: String? = nil,
        cfgScale: Double? = nil,
        width: Int? = nil,
        height: Int? = nil,
        model: String? = nil,
        modelHash: String? = nil,
        loras: [LoRA] = [],
        other: [ImageMetadata.TextChunk] = []
    ) {
        self.generator = generator
        self.rule = rule
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.seed = seed
        self.steps = steps
        self.sampler = sampler
        self.scheduler = scheduler
        self.cfgScale = cfgScale
        self.width = width
        self.height = height
        self.model = model
        self.modelHash = modelHash
        self.loras = loras
        self.other = other
    }

    /// An additional small model.
    public struct LoRA: Hashable, Sendable, Codable {
        /// Its name, as it was written.
        public var name: String

        /// Its weight; `nil` where none was written.
        public var weight: Double?

        /// Its hash; `nil` where none was written.
        public var hash: String?

        /// Creates one.
        ///
        /// - Parameters:
        ///   - name: Its name.
        ///   - weight: Its weight.
        ///   - hash: Its hash.
        public init(name: String, weight: Double? = nil, hash: String? = nil) {
            self.name = name
            self.weight = weight
            self.hash = hash
        }
    }
}
