package karuta.card;

import java.nio.charset.StandardCharsets;
import java.util.List;
import karuta.secret.SecretBytes;

/// Builds the bytes that are MACed: a domain string, then fields, each preceded by its length as two bytes, big endian.
///
/// Because every field carries its length, two different lists of fields never give the same bytes; because the domain
/// string comes first, a MAC made for one purpose is never valid for another. `docs/encoding.md` has the table and the
/// vectors. The bytes may hold an answer, so they are [SecretBytes] from the first on, which [#close] wipes: build one
/// right before the token is asked, and close it right after.
public final class MacInput implements AutoCloseable {
  private static final int CAPACITY = 512;

  private final SecretBytes bytes = SecretBytes.ofCapacity(CAPACITY);

  private MacInput() {}

  /// Starts with a domain string such as `karuta answer v1`.
  public static MacInput of(String domain) {
    return new MacInput().text(domain);
  }

  /// The bytes under a draw's tag: domain, subject, serial, generation, draw number, cells in order, pictures in order
  /// (`docs/encoding.md`). One tag covers the whole answer, so a single cell cannot be verified by itself.
  ///
  /// @param pictures asked for one picture after the other, once each, so it may be a view that holds no answer
  /// @param draw the draw's number in its book, 1..65535
  public static MacInput answer(
      Subject subject, CardId card, int draw, List<Cell> cells, List<PictureId> pictures) {
    if (cells.isEmpty() || cells.size() != pictures.size()) {
      throw new IllegalArgumentException("an answer has one picture for each cell");
    }
    var input =
        of("karuta answer v1")
            .text(subject.value())
            .text(card.serial().digits())
            .uint16(card.generation().value())
            .uint16(draw);
    try {
      // Appended one by one: an array of the answer would leave copies behind on the heap.
      input.lengthPrefix(2 * cells.size());
      cells.forEach(cell -> input.append(cell.index()));
      input.lengthPrefix(2 * pictures.size());
      pictures.forEach(picture -> input.append(picture.value()));
      return input;
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /// A text field, in UTF-8.
  public MacInput text(String value) {
    return field(value.getBytes(StandardCharsets.UTF_8));
  }

  /// A number field of two bytes, 0..65535.
  public MacInput uint16(int value) {
    lengthPrefix(2);
    append(value);
    return this;
  }

  /// A field of numbers, two bytes each, in the order given.
  public MacInput uint16s(int[] values) {
    lengthPrefix(2 * values.length);
    for (var value : values) {
      append(value);
    }
    return this;
  }

  /// A field of bytes.
  public MacInput field(byte[] value) {
    lengthPrefix(value.length);
    bytes.append(value);
    return this;
  }

  /// The bytes where they stand, for a token; gone with [#close].
  public SecretBytes bytes() {
    return bytes;
  }

  /// A copy of the bytes on the heap: for inputs without an answer, and for programs that are meant to have it.
  public byte[] toBytes() {
    return bytes.toArray();
  }

  /// Wipes the bytes.
  @Override
  public void close() {
    bytes.close();
  }

  private void lengthPrefix(int added) {
    if (bytes.length() + 2 + added > CAPACITY) {
      throw new IllegalArgumentException("a MAC input has at most " + CAPACITY + " bytes");
    }
    append(added);
  }

  private void append(int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException("not an unsigned 16-bit number: " + value);
    }
    bytes.append((byte) (value >>> 8)).append((byte) value);
  }
}
