package karuta.guard.judged;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.guard.client.Head;

/// A card as the store shows it.
///
/// @param head of its chain of judgements, as far as the store has settled them; never before the first
/// @param wrong wrong answers in a row, 0 to 1,000,000
/// @param wrongInLife wrong answers in its life, which may be fewer where they were not always counted
/// @param used the draws that have passed, by number
public record JudgedCard(
    Subject subject, Generation generation, Head head, int wrong, int wrongInLife, BitSet used) {
  private static final int MANY = 1_000_000;
  private static final int DRAWS = 2048;
  private static final int FIELDS = 8;
  private static final HexFormat HEX = HexFormat.of();

  public JudgedCard {
    used = (BitSet) used.clone();
    if (head.number() == 0
        || wrong < 0
        || wrong > MANY
        || wrongInLife < 0
        || wrongInLife > MANY
        || used.length() > DRAWS) {
      throw new IllegalArgumentException("no judged card");
    }
  }

  /// The draws that have passed, by number.
  @Override
  public BitSet used() {
    return (BitSet) used.clone();
  }

  /// Its line in the file, without the end.
  String line() {
    var draws = used.isEmpty() ? "-" : HEX.formatHex(used.toByteArray());
    return "card %s %d %d %s %d %d %s"
        .formatted(
            subject, generation.value(), head.number(), head.hash(), wrong, wrongInLife, draws);
  }

  /// Reads such a line.
  ///
  /// @throws IllegalArgumentException if it is none
  static JudgedCard parse(String line) {
    var field = Arrays.asList(line.split(" ", -1));
    if (field.size() != FIELDS) {
      throw new IllegalArgumentException("no judged card");
    }
    var card =
        new JudgedCard(
            new Subject(field.get(1)),
            new Generation(Integer.parseInt(field.get(2))),
            new Head(Long.parseLong(field.get(3)), field.get(4)),
            Integer.parseInt(field.get(5)),
            Integer.parseInt(field.get(6)),
            field.get(7).equals("-") ? new BitSet() : BitSet.valueOf(HEX.parseHex(field.get(7))));
    if (!card.line().equals(line)) {
      throw new IllegalArgumentException("a judged card that is written otherwise");
    }
    return card;
  }
}
