/// Image numbers as one argument of a statement.
///
/// A JSON array read by `json_each` takes any number of them, where placeholders end at 32,766 and
/// need another statement for every count.
enum IDList {
    static func json(_ ids: [Int64]) -> String {
        "[" + ids.map(String.init).joined(separator: ",") + "]"
    }
}
