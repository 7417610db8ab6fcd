package karuta.provisioning.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import karuta.bundle.DrawRecord;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PaletteSeed;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.provisioning.batch.TokenKeys;
import karuta.provisioning.book.BookMaker;
import karuta.token.issuer.IssuerToken;
import karuta.token.key.KeyPolicy;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One card of each profile three ways, byte for byte: by Karuta with its keys in a token, by [PlainCard] from the
/// document, and as checked in. The keys are published here, so they may be imported; Karuta itself imports none.
class VectorsTest {
  private static final byte[] LAYOUT_KEY = bytes(0);
  private static final byte[] BOOK_KEY = bytes(32);
  private static final BatchId BATCH = new BatchId("2026-01");
  private static final EpochId EPOCH = new EpochId("2026a");
  private static final Subject SUBJECT = new Subject("S-0001");
  private static final CardId CARD =
      new CardId(Serial.ofRandomDigits("4711081512"), new Generation(1));

  @ParameterizedTest
  @EnumSource(Profile.class)
  void tokenPlainJavaAndFileAgree(Profile profile) throws Exception {
    var checkedIn = resource(profile.label() + ".txt");
    var plain =
        new PlainCard(
            new byte[][] {LAYOUT_KEY, BOOK_KEY},
            new String[] {BATCH.value(), SUBJECT.value(), CARD.serial().digits()},
            CARD.generation().value(),
            profile.cellsPerDraw(),
            profile.rounds());
    Files.writeString(
        Files.createDirectories(Path.of("target/vectors")).resolve(profile.label() + ".txt"),
        head(profile) + plain.text());
    assertThat(head(profile) + plain.text())
        .as("target/vectors/%s.txt has what it should be", profile.label())
        .isEqualTo(checkedIn);
    try (var pair = TokenPair.on(SoftHsm.start())) {
      importKey(pair.issuer(), KeyPolicy.LAYOUT, BATCH.value(), LAYOUT_KEY);
      importKey(pair.issuer(), KeyPolicy.BOOK_SIGNING, EPOCH.value(), BOOK_KEY);
      assertThat(head(profile) + fromToken(pair.issuer(), profile)).isEqualTo(checkedIn);
    }
  }

  private static String fromToken(IssuerToken token, Profile profile) {
    var keys = new TokenKeys(token, BATCH);
    var maker = new LayoutMaker(keys.layoutKey(), BATCH);
    var seed = maker.seed(CARD);
    var lines = new ArrayList<String>();
    var hex = HexFormat.of();
    lines.add("seed-input = " + hex.formatHex(input("karuta palette v1").toBytes()));
    lines.add("seed = " + hex.formatHex(seed.toBytes()));
    var stream = new StringBuilder();
    for (var j = 0; j < 3; j++) {
      stream.append(hex.formatHex(keys.layoutKey().derive(input("karuta layout v1").uint16(j))));
    }
    lines.add("stream = " + stream);
    lines.add("palette-0 = " + palette(seed, 0));
    lines.add("palette-49 = " + palette(seed, 49));
    try (var layout = maker.layout(CARD, seed)) {
      var cells = java.util.stream.IntStream.range(0, Cell.COUNT).mapToObj(Cell::new).toList();
      lines.add("layout = " + join(layout.at(cells).stream().map(p -> p.value()).toList()));
      var book = new BookMaker(keys.bookKey(EPOCH), profile).book(SUBJECT, CARD, seed, layout);
      var first = book.draws().getFirst();
      try (var answer =
          MacInput.answer(SUBJECT, CARD, 1, first.cells(), layout.at(first.cells()))) {
        lines.add("answer-input-1 = " + hex.formatHex(answer.toBytes()));
      }
      book.draws().forEach(draw -> lines.add(text(draw)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String text(DrawRecord draw) {
    return "draw-%d = %s %s"
        .formatted(
            draw.number(),
            join(draw.cells().stream().map(Cell::index).toList()),
            HexFormat.of().formatHex(draw.tag()));
  }

  private static String palette(PaletteSeed seed, int cell) {
    return join(Palette.of(seed, new Cell(cell)).pictures().stream().map(p -> p.value()).toList());
  }

  private static String join(List<Integer> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  private static MacInput input(String domain) {
    return MacInput.of(domain)
        .text(BATCH.value())
        .text(CARD.serial().digits())
        .uint16(CARD.generation().value());
  }

  private static String head(Profile profile) {
    return """
        # One card, every step of docs/encoding.md. Keys and bytes are hexadecimal, the rest decimal.
        profile = %s
        layout-key = %s
        book-key = %s
        batch = %s
        subject = %s
        serial = %s
        generation = %d
        """
        .formatted(
            profile.label(),
            HexFormat.of().formatHex(LAYOUT_KEY),
            HexFormat.of().formatHex(BOOK_KEY),
            BATCH,
            SUBJECT,
            CARD.serial(),
            CARD.generation().value());
  }

  private static void importKey(IssuerToken token, KeyPolicy policy, String name, byte[] value) {
    var template =
        policy
            .template(policy.label(name))
            .without(Cka.CKA_VALUE_LEN)
            .with(Attribute.of(Cka.CKA_VALUE, value));
    token.token().alone(lease -> lease.cryptoki().createObject(lease.session(), template));
  }

  private static byte[] bytes(int from) {
    var bytes = new byte[32];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static String resource(String name) throws IOException {
    var file = Path.of("src/test/resources/vectors", name);
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }
}
