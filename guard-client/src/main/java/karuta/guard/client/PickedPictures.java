package karuta.guard.client;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import karuta.card.PictureId;
import karuta.secret.SecretBytes;

/// The pictures picked for one draw, read one by one from where they stand outside the heap. The list holds none of
/// them: what it gives out is the same object for the same picture in every answer, so that no answer leaves new ones
/// behind.
final class PickedPictures extends AbstractList<PictureId> implements RandomAccess {
  private static final List<PictureId> ALL =
      IntStream.range(0, PictureId.COUNT).mapToObj(PictureId::new).toList();

  private final SecretBytes answer;
  private final int first;
  private final int size;

  /// @param first the place of the first picture in the answer
  /// @throws IllegalArgumentException if one of them is no picture's number
  PickedPictures(SecretBytes answer, int first, int size) {
    this.answer = answer;
    this.first = first;
    this.size = size;
    for (var i = 0; i < size; i++) {
      if (number(i) >= PictureId.COUNT) {
        throw new IllegalArgumentException("a picture of the answer is none of the catalogue's");
      }
    }
  }

  /// Writes pictures as they are read here.
  static void write(List<PictureId> pictures, SecretBytes answer) {
    for (var picture : pictures) {
      answer.append((byte) (picture.value() >>> 8)).append((byte) picture.value());
    }
  }

  @Override
  public PictureId get(int index) {
    return ALL.get(number(index));
  }

  @Override
  public int size() {
    return size;
  }

  private int number(int index) {
    var at = Short.BYTES * (first + index);
    return Byte.toUnsignedInt(answer.at(at)) << 8 | Byte.toUnsignedInt(answer.at(at + 1));
  }

  @Override
  public String toString() {
    return "PickedPictures[withheld]";
  }
}
