package karuta.smoke.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PaletteSeed;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.card.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the search must find, in a heap dump of this very JVM or in plain bytes, and what it must not.
class TracesTest {
  private static final int FROM = 17;

  private final Random random = new Random(7);
  private final List<Palette> palettes = palettes();
  private final List<PictureId> layout = layout();

  @TempDir private Path scratch = Path.of("");

  static Stream<Arguments> forms() {
    return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
        .flatMap(
            order ->
                Stream.of(
                    form(order, 2, (bytes, value) -> bytes.putShort((short) (int) value)),
                    form(order, 4, ByteBuffer::putInt),
                    form(order, 8, (bytes, value) -> bytes.putLong(value))));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void fiveCellsAsNumbersAreFoundAndFourAreNot(
      ByteOrder order, int width, BiConsumer<ByteBuffer, Integer> put) throws Exception {
    assertThat(in(numbers(ids(5), order, width, put))).containsExactly(Traces.window("who", FROM));
    assertThat(in(numbers(ids(4), order, width, put))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eightPaletteIndexesAreFoundAndSevenAreNot(
      ByteOrder order, int width, BiConsumer<ByteBuffer, Integer> put) throws Exception {
    assertThat(in(numbers(indexes(8), order, width, put)))
        .containsExactly("palette indexes of who from cell number " + FROM);
    assertThat(in(numbers(indexes(7), order, width, put))).isEmpty();
  }

  @Test
  void paletteIndexesAsBytesAndPicturesAsTextAreFound() throws Exception {
    var bytes = new byte[8];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) indexes(8)[i];
    }
    assertThat(in(bytes)).containsExactly("palette indexes of who from cell number " + FROM);
    var text = Arrays.toString(ids(5));
    for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      assertThat(in(text.getBytes(charset))).containsExactly(Traces.window("who", FROM));
      assertThat(in(text.replace(" ", "").getBytes(charset)))
          .containsExactly(Traces.window("who", FROM));
    }
  }

  @Test
  void anAnswerIsFoundWithoutWhatStandsBeforeItsCells() throws Exception {
    var cells = List.of(new Cell(3), new Cell(44));
    var pictures = List.of(new PictureId(500), new PictureId(6));
    var card = new CardId(Serial.ofRandomDigits("0123456789"), new Generation(1));
    try (var input = MacInput.answer(new Subject("who-1"), card, 9, cells, pictures)) {
      var traces = traces();
      var bytes = input.toBytes();
      traces.answer("the answer", bytes, 2);
      assertThat(traces.in(Arrays.copyOfRange(bytes, bytes.length - 12, bytes.length)))
          .containsExactly("the answer");
      assertThat(traces.in(Arrays.copyOf(bytes, bytes.length - 1))).isEmpty();
    }
  }

  @Test
  void aListOfPicturesIsFoundInAHeapDump() throws Exception {
    var held = List.copyOf(layout);
    var boxed = layout.subList(0, 8).stream().map(PictureId::value).toArray(Object[]::new);
    try (var dump = dump()) {
      assertThat(dump.find(traces()))
          .contains(Traces.window("who", 0), Traces.window("who", 45))
          .doesNotContain("palette indexes of who from cell number 0");
    }
    assertThat(held).hasSize(50);
    assertThat(boxed).hasSize(8);
    assertThat(scratch).isEmptyDirectory();
  }

  /// The other process holds the text in its environment, and only this one holds the pattern.
  @Test
  @EnabledOnOs(OS.LINUX)
  void theMemoryOfAnotherProcessIsSearched() throws Exception {
    var other = new ProcessBuilder("cat");
    other.environment().put("HELD", Arrays.toString(ids(5)));
    var running = other.start();
    try {
      var memory = new ProcessMemory(running.pid());
      assertThat(memory.isShown()).isTrue();
      assertThat(memory.find(traces())).containsExactly(Traces.window("who", FROM));
    } finally {
      running.destroyForcibly();
    }
  }

  private HeapDump dump() throws Exception {
    return HeapDump.of(ProcessHandle.current().pid(), scratch, HeapDump.Scope.REACHABLE);
  }

  private Set<String> in(byte[] haystack) throws IOException {
    return traces().in(haystack);
  }

  private Traces traces() {
    var traces = new Traces();
    traces.layout("who", layout, palettes);
    return traces;
  }

  private int[] ids(int count) {
    return layout.subList(FROM, FROM + count).stream().mapToInt(PictureId::value).toArray();
  }

  private int[] indexes(int count) {
    return IntStream.range(FROM, FROM + count)
        .map(cell -> palettes.get(cell).indexOf(layout.get(cell)))
        .toArray();
  }

  private List<Palette> palettes() {
    var seed = new byte[PaletteSeed.BYTES];
    random.nextBytes(seed);
    return IntStream.range(0, Cell.COUNT)
        .mapToObj(cell -> Palette.of(new PaletteSeed(seed), new Cell(cell)))
        .toList();
  }

  private List<PictureId> layout() {
    var pictures = new LinkedHashSet<PictureId>();
    for (var palette : palettes) {
      var before = pictures.size();
      while (pictures.size() == before) {
        pictures.add(palette.at(random.nextInt(Palette.SIZE)));
      }
    }
    return List.copyOf(pictures);
  }

  private static Arguments form(ByteOrder order, int width, BiConsumer<ByteBuffer, Integer> put) {
    return Arguments.of(order, width, put);
  }

  private static byte[] numbers(
      int[] values, ByteOrder order, int width, BiConsumer<ByteBuffer, Integer> put) {
    var bytes = ByteBuffer.allocate(values.length * width).order(order);
    for (var value : values) {
      put.accept(bytes, value);
    }
    return bytes.array();
  }
}
