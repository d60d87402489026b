import MekikiCore

extension TextLine {
    /// The line's place in a picture that was turned clockwise before it was read.
    ///
    /// - Parameter quarters: By how many quarters of a circle the picture was turned, 1 to 3.
    /// - Returns: The line with its place in the picture as it was.
    func turnedBack(_ quarters: Int) -> TextLine {
        var line = self
        switch quarters {
        case 1: (line.x, line.y, line.width, line.height) = (y, 1 - x - width, height, width)
        case 2: (line.x, line.y) = (1 - x - width, 1 - y - height)
        default: (line.x, line.y, line.width, line.height) = (1 - y - height, x, height, width)
        }
        line.x = max(0, line.x)
        line.y = max(0, line.y)
        return line
    }
}
