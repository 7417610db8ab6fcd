package karuta.smoke.memory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.card.Palette;
import karuta.card.PictureId;

/// What a layout or an answer would look like in memory, in every form in which a program would plainly hold one.
///
/// A layout is looked for by its windows, so that a part of one is found as well: any five cells in a row as picture
/// ids of two, four or eight bytes in either byte order, as text, or as an array or list of objects; any eight cells in
/// a row as indexes into their palettes, of one to eight bytes. That is 45 or 48 bits of agreement, so chance does not
/// find one. An answer is looked for as the bytes under its tag, from the cells on: the cells, and the pictures that
/// stand there. What is encrypted, or scattered over objects of its own, would not be found.
public final class Traces {
  private static final int IDS = 5;
  private static final int INDEXES = 8;

  private final Needles needles = new Needles();
  private final Map<List<Integer>, String> windows = new HashMap<>();

  /// Adds a card.
  ///
  /// @param who says whose card it is in a finding
  /// @param layout the 50 pictures in cell order
  /// @param palettes the palette of each cell, in the same order
  public void layout(String who, List<PictureId> layout, List<Palette> palettes) {
    var ids = layout.stream().map(PictureId::value).toList();
    var indexes = new int[layout.size()];
    for (var cell = 0; cell < indexes.length; cell++) {
      indexes[cell] = palettes.get(cell).indexOf(layout.get(cell));
    }
    for (var from = 0; from + IDS <= ids.size(); from++) {
      var window = ids.subList(from, from + IDS);
      var name = window(who, from);
      windows.put(List.copyOf(window), name);
      numbers(name, window, Short.BYTES);
      numbers(name, window, Integer.BYTES);
      numbers(name, window, Long.BYTES);
      text(name, window, ",");
      text(name, window, ", ");
    }
    var positions = Arrays.stream(indexes).boxed().toList();
    for (var from = 0; from + INDEXES <= positions.size(); from++) {
      var window = positions.subList(from, from + INDEXES);
      var name = "palette indexes of " + who + " from cell number " + from;
      numbers(name, window, Byte.BYTES);
      numbers(name, window, Short.BYTES);
      numbers(name, window, Integer.BYTES);
      numbers(name, window, Long.BYTES);
    }
  }

  /// Adds the answer of one draw.
  ///
  /// @param bytes what its tag is made over
  /// @param cells how many cells it asks
  public void answer(String name, byte[] bytes, int cells) {
    var fields = 2 * (Short.BYTES + cells * Short.BYTES);
    needles.add(name, Arrays.copyOfRange(bytes, bytes.length - fields, bytes.length));
  }

  /// Adds a text of at least eight characters, as one or two bytes each.
  public void text(String name, String text) {
    needles.add(name, text.getBytes(StandardCharsets.UTF_8));
    needles.add(name, text.getBytes(StandardCharsets.UTF_16BE));
    needles.add(name, text.getBytes(StandardCharsets.UTF_16LE));
  }

  /// What a finding calls the pictures of a card from the cell with number `from` on.
  public static String window(String who, int from) {
    return "pictures of " + who + " from cell number " + from;
  }

  /// The names of the traces that stand in `bytes`.
  public Set<String> in(byte[] bytes) throws IOException {
    return needles.in(new ByteArrayInputStream(bytes)::read);
  }

  Needles needles() {
    return needles;
  }

  /// The name of the window that begins at `from` of a row of picture ids.
  Optional<String> windowAt(List<Integer> ids, int from) {
    return from + IDS > ids.size()
        ? Optional.empty()
        : Optional.ofNullable(windows.get(ids.subList(from, from + IDS)));
  }

  private void numbers(String name, List<Integer> values, int width) {
    for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      var bytes = ByteBuffer.allocate(values.size() * width).order(order);
      for (int value : values) {
        switch (width) {
          case Byte.BYTES -> bytes.put((byte) value);
          case Short.BYTES -> bytes.putShort((short) value);
          case Integer.BYTES -> bytes.putInt(value);
          default -> bytes.putLong(value);
        }
      }
      needles.add(name, bytes.array());
    }
  }

  private void text(String name, List<Integer> values, String between) {
    text(name, values.stream().map(String::valueOf).collect(Collectors.joining(between)));
  }
}
