/// Facts with their labels, one a line.
enum FactLines {
    static func print(_ facts: [(label: String, value: String)]) {
        let terminal = Terminal.standardOutput
        for (label, value) in facts {
            let padded = DisplayWidth.pad(label, to: 12)
            terminal.line(terminal.styled(padded, .faint) + "  " + PrintableText.of(value))
        }
    }
}
