import MekikiTensor
import Testing

@Suite struct TensorTests {
    @Test func memoryIsAlignedToCacheLines() {
        for columns in [1, 3, 17, 1000] {
            let tensor = Tensor(.bfloat16, rows: 3, columns: columns)
            #expect(Int(bitPattern: tensor.all.pointer) % 64 == 0)
        }
    }

    @Test func aNewTensorIsZero() {
        #expect(Tensor(.float32, rows: 2, columns: 3).values == [0, 0, 0, 0, 0, 0])
    }

    @Test func smallerShapesKeepTheMemory() {
        let tensor = Tensor(.float32, rows: 10, columns: 10)
        let before = tensor.all.pointer
        tensor.reshape(rows: 5, columns: 20)
        #expect(tensor.all.pointer == before)
        #expect(tensor.rows == 5 && tensor.columns == 20)
    }

    @Test func largerShapesHaveRoom() {
        let tensor = Tensor(.float32, rows: 1, columns: 1)
        tensor.reshape(rows: 300, columns: 70)
        tensor.all.floats.update(repeating: 2)
        #expect(tensor.values.reduce(0, +) == 2 * 300 * 70)
    }

    @Test func valuesComeBackInTheirOrder() {
        let values: [Float] = [1, 2, 3, 4, 5, 6]
        let tensor = Tensor(values, columns: 3)
        #expect(tensor.values == values)
        #expect(Array(tensor.rows(1..<2).floats) == [4, 5, 6])
    }

    @Test func bfloat16RoundsToTheNearestAndTiesToEven() {
        // 8 significant bits: steps of 2^-7 between 1 and 2.
        let step: Float = 1.0 / 128
        let values = [1 + step / 2, 1 + step * 1.5, 1 + step * 0.51, -1 - step * 0.49]
        let rounded = Tensor(values, as: .bfloat16, columns: 4).values
        #expect(rounded == [1, 1 + 2 * step, 1 + step, -1])
    }

    @Test func bfloat16KeepsWhatIsNoNumber() {
        // A NaN whose payload lies in the lower half, which rounding would carry into infinity.
        let values = [Float(bitPattern: 0x7f80_0001), .infinity, -.infinity]
        let rounded = Tensor(values, as: .bfloat16, columns: 3).values
        #expect(rounded[0].isNaN)
        #expect(rounded[1] == .infinity && rounded[2] == -.infinity)
    }

    @Test func slicesSeeTheirColumns() {
        let tensor = Tensor([1, 2, 3, 4, 5, 6, 7, 8], columns: 4)
        let slice = tensor.slice(rows: 0..<2, columns: 1..<3)
        #expect(slice.stride == 4 && slice.rows == 2 && slice.columns == 2)
        #expect(!slice.isContiguous)
        #expect(slice.pointer.load(as: Float.self) == 2)
    }

    @Test func slicesCopyEachOther() {
        let tensor = Tensor([1, 2, 3, 4], columns: 2)
        let other = Tensor(.float32, rows: 1, columns: 2)
        other.all.copy(from: tensor.rows(1..<2))
        #expect(other.values == [3, 4])
    }
}
