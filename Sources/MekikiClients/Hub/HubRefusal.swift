import Foundation
import MekikiCore
import NIOHTTP1

/// An answer that is not what was asked for: what a person is told, or what is tried again.
struct HubRefusal: Sendable {
    /// What the answer is about.
    var repository: RepositoryName
    var revision: String
    var settings: HubSettings

    /// Judges an answer.
    ///
    /// - Parameters:
    ///   - status: Its status, which is none of success.
    ///   - headers: Its headers; `X-Error-Code` says what it means.
    /// - Returns: A `TransientFailure`, or a `MekikiError`.
    func judge(status: UInt, _ headers: HTTPHeaders) -> any Error {
        let code = headers.first(name: "x-error-code")
        let message = headers.first(name: "x-error-message")
        switch (status, code) {
        case (_, "GatedRepo"): return gated
        case (_, "RevisionNotFound"):
            return error(
                .noInput,
                "It has no revision “\(revision)”. Leave --revision out for the newest, or see "
                    + "\(settings.page(of: repository)) for those it has."
            )
        case (_, "EntryNotFound"):
            return error(
                .noInput,
                "A file that it lists is not there any more. Run the same command again."
            )
        case (401, _) where message?.contains("Invalid credentials") == true,
            (401, nil) where settings.token != nil && message?.contains("token") == true:
            return badToken
        case (_, "RepoNotFound"), (401, _), (404, _): return absent
        case (403, _):
            let reason = message.map { ": \(Self.sentence($0))" } ?? "."
            return error(
                .configuration,
                "\(settings.hubName) refuses access\(reason) See \(settings.page(of: repository)), "
                    + "and whether HF_TOKEN may read it."
            )
        case (408, _): return TransientFailure(reason: "\(settings.hubName) was waiting too long")
        case (429, _): return tooMany(headers)
        case (500..., _):
            return TransientFailure(
                reason: "\(settings.hubName) has a fault of its own (\(status))",
                wait: Self.wait(headers)
            )
        default:
            return error(
                .unavailable,
                "\(settings.hubName) answered \(status), which means nothing here. "
                    + "Check HF_ENDPOINT, or try again later."
            )
        }
    }

    private var gated: MekikiError {
        let page = settings.page(of: repository)
        let steps =
            settings.token == nil
            ? "accept them, make a token at \(settings.endpoint.absoluteString)/settings/tokens, "
                + "and run the same command with HF_TOKEN set to it."
            : "accept them with the account of HF_TOKEN, and run the same command again once "
                + "access is granted."
        return error(
            .configuration,
            "This model is gated: its terms must be accepted first. Open \(page), \(steps)"
        )
    }

    private var badToken: MekikiError {
        error(
            .configuration,
            "\(settings.hubName) does not know the token. Set HF_TOKEN to one of "
                + "\(settings.endpoint.absoluteString)/settings/tokens, or to none."
        )
    }

    private var absent: MekikiError {
        let advice =
            settings.token == nil
            ? "if it is private, set HF_TOKEN."
            : "if it is private, HF_TOKEN must be of an account that may read it."
        return error(
            .noInput,
            "\(settings.hubName) has no such model. Check the name; \(advice)"
        )
    }

    private func tooMany(_ headers: HTTPHeaders) -> TransientFailure {
        let wait = Self.wait(headers)
        let time = wait.map { " for \(Int($0.components.seconds)) s" } ?? ""
        let more = settings.token == nil ? " With HF_TOKEN set, more is allowed." : ""
        return TransientFailure(
            reason: "\(settings.hubName) wants no more requests\(time)",
            wait: wait,
            advice: "Wait, then run the same command again: it goes on where it stopped.\(more)"
        )
    }

    private func error(_ code: MekikiError.Code, _ message: String) -> MekikiError {
        MekikiError(code, message, subject: repository.description)
    }

    /// How long the answer asks to wait: `Retry-After` in seconds or as a date, else the reset time
    /// of `RateLimit`.
    static func wait(_ headers: HTTPHeaders, now: Date = Date()) -> Duration? {
        if let text = headers.first(name: "retry-after")?.trimmingCharacters(in: .whitespaces) {
            if let seconds = Int(text), seconds >= 0 { return .seconds(seconds) }
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.timeZone = TimeZone(identifier: "GMT")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
            if let date = format.date(from: text) {
                return .seconds(max(0, Int(date.timeIntervalSince(now).rounded(.up))))
            }
        }
        let limit = headers.first(name: "ratelimit")?.split(separator: ";") ?? []
        let time = limit.first { $0.trimmingCharacters(in: .whitespaces).hasPrefix("t=") }
        return time.flatMap { Int($0.trimmingCharacters(in: .whitespaces).dropFirst(2)) }
            .map { .seconds(max(0, $0)) }
    }

    /// What the hub said, as a sentence of a length that fits.
    private static func sentence(_ text: String) -> String {
        let cut = text.count > 200 ? text.prefix(200) + "…" : text[...]
        return cut.hasSuffix(".") ? String(cut) : cut + "."
    }
}
