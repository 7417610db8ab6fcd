package karuta.guard.judged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.document.DocumentException;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file that is whole, or none.
class JudgedFileTest {
  private static final String HASH = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
  private static final List<ChainHead> HEADS =
      List.of(new ChainHead("guard-1", 1042, HASH), new ChainHead("guard-2", 17, HASH));

  private static final List<JudgedCard> CARDS =
      List.of(
          card("customer-1", 12, 0, 3, 1, 2),
          card("customer-2", 1, 1, 1),
          card("a:b@c", 9, 20, 20, 99));

  private static JudgedCard card(String subject, long number, int wrong, int life, int... used) {
    var draws = new BitSet();
    IntStream.of(used).forEach(draws::set);
    return new JudgedCard(
        new Subject(subject), new Generation(1), new Head(number, HASH), wrong, life, draws);
  }

  private static String written() {
    var bytes = new ByteArrayOutputStream();
    try {
      var writer = new JudgedFile.Writer(bytes, HEADS);
      for (var card : CARDS) {
        writer.add(card);
      }
      writer.end();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toString(ISO_8859_1);
  }

  private static List<JudgedCard> read(String text) throws IOException {
    var cards = new ArrayList<JudgedCard>();
    var heads = new ArrayList<ChainHead>();
    var summary =
        JudgedFile.read(
            new ByteArrayInputStream(text.getBytes(ISO_8859_1)), heads::add, cards::add);
    assertThat(heads).isEqualTo(HEADS);
    assertThat(summary.cards()).isEqualTo(cards.size());
    assertThat(text).endsWith("end %d %s\n".formatted(cards.size(), summary.digest()));
    return cards;
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(read(written())).isEqualTo(CARDS);
  }

  @Test
  void aFileLooksLikeThis() {
    assertThat(written())
        .startsWith(
            """
            karuta judged cards v1
            guard guard-1 1042 H
            guard guard-2 17 H
            card customer-1 1 12 H 0 3 06
            card customer-2 1 1 H 1 1 -
            card a:b@c 1 9 H 20 20 00000000000000000000000008
            """
                .replace("H", HASH));
  }

  @Test
  void noChangedBitGoesUnnoticed() {
    var bytes = written().getBytes(ISO_8859_1);
    for (var bit = 0; bit < bytes.length * 8; bit++) {
      var changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> JudgedFile.read(new ByteArrayInputStream(changed), _ -> {}, _ -> {}))
          .as("bit %d", bit)
          .isInstanceOf(DocumentException.class);
    }
  }

  @Test
  void whatIsCutOffOrFollowsIsNoticed() {
    var text = written();
    for (var end = 0; end < text.length(); end++) {
      var part = text.substring(0, end);
      assertThatThrownBy(() -> read(part)).isInstanceOf(DocumentException.class);
    }
    assertThatThrownBy(() -> read(text + "\n")).isInstanceOf(DocumentException.class);
  }

  @Test
  void aLineWithoutAnEndIsNotTakenIntoMemory() {
    var endless = new ByteArrayInputStream(new byte[1_000_000]);
    assertThatThrownBy(() -> JudgedFile.read(endless, _ -> {}, _ -> {}))
        .isInstanceOf(DocumentException.class);
    assertThat(endless.available()).isGreaterThan(900_000);
  }

  @Test
  void whatTheReaderOfCardsThrowsIsNotTakenForDamage() {
    assertThatThrownBy(
            () ->
                JudgedFile.read(
                    new ByteArrayInputStream(written().getBytes(ISO_8859_1)),
                    _ -> {},
                    _ -> {
                      throw new IllegalArgumentException("mine");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mine");
  }

  @ParameterizedTest
  @CsvSource({
    "card c 1 1 H 0 0 -x",
    "card c 1 1 H 0 0 00",
    "card c 1 1 H 0 0 0A",
    "card c 1 1 H 0 0",
    "card c 1 1 H 0 0 - -",
    "card c 1 01 H 0 0 -",
    "card c 1 0 H 0 0 -",
    "card c 1 +1 H 0 0 -",
    "card c 0 1 H 0 0 -",
    "card c 1 1 H -1 0 -",
    "card c 1 1 H 0 1000001 -",
    "card ! 1 1 H 0 0 -",
    "card c 1 1 x 0 0 -",
  })
  void aCardHasOneForm(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JudgedCard.parse(line.replace("H", HASH)));
  }
}
