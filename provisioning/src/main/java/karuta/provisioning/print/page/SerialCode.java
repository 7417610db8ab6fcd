package karuta.provisioning.print.page;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.datamatrix.DataMatrixWriter;
import com.google.zxing.datamatrix.encoder.SymbolShapeHint;
import java.util.Map;
import karuta.card.Serial;

/// A card's number as a Data Matrix (ISO/IEC 16022, ECC 200).
///
/// Eleven digits are six code words, a 14 x 14 symbol: 4.7 mm square with modules of 0.34 mm, and a scratch across a
/// fifth of it still reads. The same digits as Code 128 would be 33 mm wide and take the room of a row of pictures,
/// and the smallest QR code is 21 modules plus a quiet zone of four. The quiet zone of one module that the standard
/// asks for is kept free by [CardGeometry].
final class SerialCode {
  private SerialCode() {}

  /// The symbol's modules, true for dark, without quiet zone.
  static BitMatrix modules(Serial serial) {
    return new DataMatrixWriter()
        .encode(
            serial.digits(),
            BarcodeFormat.DATA_MATRIX,
            0,
            0,
            Map.of(EncodeHintType.DATA_MATRIX_SHAPE, SymbolShapeHint.FORCE_SQUARE));
  }
}
