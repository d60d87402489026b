import MekikiCore

/// Resizes pictures bit for bit as the `Image.resize` of Pillow 13 does.
///
/// Only the window of the result that is asked for is computed: a centre crop of a strip of
/// 1 x 30,000 pixels costs no more than any.
struct PictureResizer: Sendable {
    /// The picture's width after the resize, of which the window is a part.
    let width: Int

    /// The picture's height after the resize.
    let height: Int

    let filter: ResizeFilter

    /// Resizes a picture.
    ///
    /// - Parameters:
    ///   - picture: The picture, whose sides may be anything.
    ///   - columns: The columns of the result that are wanted.
    ///   - rows: The rows of the result that are wanted.
    /// - Returns: The window's samples, shape `[rows, columns, 3]`.
    func window(of picture: PixelBuffer, columns: Range<Int>, rows: Range<Int>) -> [UInt8] {
        precondition(
            columns.lowerBound >= 0 && columns.upperBound <= width && rows.lowerBound >= 0
                && rows.upperBound <= height && !columns.isEmpty && !rows.isEmpty,
            "The window has to lie within the result."
        )
        if picture.width == width && picture.height == height {
            return Self.cut(picture.bytes, rowLength: width, columns: columns, rows: rows)
        }
        if filter == .nearest { return nearest(of: picture, columns: columns, rows: rows) }

        let stride = picture.width * 3
        // A pass over an axis whose length stays is left out, and with it its rounding.
        if picture.height == height {
            let across = axis(from: picture.width, to: width, columns)
            let first = rows.lowerBound * stride
            return across.horizontalPass(picture.bytes[first...], stride: stride, rows: rows.count)
        }
        let down = axis(from: picture.height, to: height, rows)
        if picture.width == width {
            return down.verticalPass(
                picture.bytes[(columns.lowerBound * 3)...],
                stride: stride,
                length: columns.count * 3
            )
        }
        let across = axis(from: picture.width, to: width, columns)
        if isVerticalFirst(for: picture) {
            let squeezed = down.verticalPass(
                picture.bytes[(across.inputs.lowerBound * 3)...],
                stride: stride,
                length: across.inputs.count * 3
            )
            return across.shifted().horizontalPass(
                squeezed[...],
                stride: across.inputs.count * 3,
                rows: rows.count
            )
        }
        let stretched = across.horizontalPass(
            picture.bytes[(down.inputs.lowerBound * stride)...],
            stride: stride,
            rows: down.inputs.count
        )
        let length = columns.count * 3
        return down.shifted().verticalPass(stretched[...], stride: length, length: length)
    }

    /// Whether Pillow takes the vertical pass first, which decides roundings.
    ///
    /// Until version 12 it never did; version 13 does where that saves work
    /// (python-pillow/Pillow#9549).
    private func isVerticalFirst(for picture: PixelBuffer) -> Bool {
        height < picture.height && picture.height - height > 2 * (picture.width - width)
    }

    private func axis(from source: Int, to target: Int, _ window: Range<Int>) -> ResizeAxis {
        ResizeAxis(source: source, target: target, window: window, filter: filter)
    }

    private func nearest(
        of picture: PixelBuffer,
        columns: Range<Int>,
        rows: Range<Int>
    ) -> [UInt8] {
        let across = Self.nearestInputs(source: picture.width, target: width, window: columns)
        let down = Self.nearestInputs(source: picture.height, target: height, window: rows)
        var result: [UInt8] = []
        result.reserveCapacity(columns.count * rows.count * 3)
        for y in down {
            for x in across {
                let pixel = (y * picture.width + x) * 3
                result.append(contentsOf: picture.bytes[pixel..<(pixel + 3)])
            }
        }
        return result
    }

    /// The input of each output.
    ///
    /// Pillow adds the step up instead of multiplying it, and the rounding errors of that decide
    /// ties.
    private static func nearestInputs(source: Int, target: Int, window: Range<Int>) -> [Int] {
        let step = Double(source) / Double(target)
        var position = step * 0.5
        var inputs: [Int] = []
        inputs.reserveCapacity(window.count)
        for output in 0..<window.upperBound {
            if output >= window.lowerBound { inputs.append(min(Int(position), source - 1)) }
            position += step
        }
        return inputs
    }

    /// A part of a picture.
    private static func cut(
        _ bytes: [UInt8],
        rowLength: Int,
        columns: Range<Int>,
        rows: Range<Int>
    ) -> [UInt8] {
        if columns.count == rowLength {
            let part = rows.lowerBound * rowLength * 3..<rows.upperBound * rowLength * 3
            return Array(bytes[part])
        }
        var result: [UInt8] = []
        result.reserveCapacity(rows.count * columns.count * 3)
        for row in rows {
            let start = row * rowLength
            let part = (start + columns.lowerBound) * 3..<(start + columns.upperBound) * 3
            result.append(contentsOf: bytes[part])
        }
        return result
    }
}
