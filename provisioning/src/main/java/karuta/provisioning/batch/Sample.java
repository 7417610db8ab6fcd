package karuta.provisioning.batch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import karuta.bundle.CardBook;
import karuta.document.DocumentException;

/// Cards of a finished bundle, chosen by the token's random numbers, that are made a second time from the keys and must
/// come out equal: seed, cells and every tag.
final class Sample {
  private final CardMaker maker;
  private final Set<Long> chosen = new HashSet<>();
  private long seen;

  /// @param cards how many cards the bundle has
  /// @param samples how many to choose; all of them if there are no more
  Sample(CardMaker maker, long cards, int samples, IntFunction<byte[]> random) {
    this.maker = maker;
    // The first and the last always; with 63 bits the modulo favours no card by more than one in
    // 10^12.
    chosen.add(1L);
    chosen.add(cards);
    while (chosen.size() < Math.min(samples, cards)) {
      var number = ByteBuffer.wrap(random.apply(Long.BYTES)).getLong() & Long.MAX_VALUE;
      chosen.add(number % cards + 1);
    }
  }

  /// How many cards were seen.
  long seen() {
    return seen;
  }

  /// Takes the cards in order.
  ///
  /// @throws DocumentException if the card does not come out again
  void see(CardBook written) throws DocumentException {
    seen++;
    if (!chosen.contains(seen)) {
      return;
    }
    var line = new SubjectLine(written.subject(), written.card().generation());
    try (var again = maker.make(line, written.card().serial())) {
      if (!equal(again.books().getFirst(), written)) {
        throw new DocumentException(
            "card " + seen + " of the bundle is not what its keys give; nothing was kept");
      }
    }
  }

  private static boolean equal(CardBook one, CardBook other) {
    if (!one.seed().equals(other.seed()) || one.draws().size() != other.draws().size()) {
      return false;
    }
    for (var i = 0; i < one.draws().size(); i++) {
      var a = one.draws().get(i);
      var b = other.draws().get(i);
      if (!a.cells().equals(b.cells()) || !Arrays.equals(a.tag(), b.tag())) {
        return false;
      }
    }
    return true;
  }
}
