import Foundation
import MekikiCore
import MekikiOCR
import MekikiSearch

extension Wiring {
    /// How this version reads metadata; images that another one read are read anew.
    static let metadataVersion = "2"

    /// What reads the text in pictures.
    ///
    /// - Returns: The engine.
    /// - Throws: `MekikiError` with code `unavailable` where Tesseract is not installed.
    static func ocrEngine() throws -> any OCREngine {
        TesseractEngine(try TesseractInstallation())
    }
}
