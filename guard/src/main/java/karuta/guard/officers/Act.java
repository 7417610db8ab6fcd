package karuta.guard.officers;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.Caps.Window;
import org.jspecify.annotations.Nullable;

/// What officers have done to a journal. Its line in a request says what there is and what becomes of it, and nothing
/// is done where something else is found.
public sealed interface Act {
  /// Its line.
  String line();

  /// A card's failures since its last pass become none; so do those in its life, if their cap was reached.
  record EnableCard(
      Subject subject, Generation generation, int failures, int inLife, boolean alsoInLife)
      implements Act {
    private static final Pattern LINE =
        Pattern.compile(
            "enable card (\\S+):(\\d{1,5}): (\\d{1,9}) failures since its last pass become 0, (\\d{1,9}) in its life (stay|become 0)");

    @Override
    public String line() {
      return "enable card %s:%d: %d failures since its last pass become 0, %d in its life %s"
          .formatted(
              subject, generation.value(), failures, inLife, alsoInLife ? "become 0" : "stay");
    }

    private static Act read(MatchResult line) {
      return new EnableCard(
          new Subject(line.group(1)),
          new Generation(Integer.parseInt(line.group(2))),
          Integer.parseInt(line.group(3)),
          Integer.parseInt(line.group(4)),
          !line.group(5).equals("stay"));
    }
  }

  /// The trip that stands ends, and the failures of all cards together are counted from none.
  record LiftTrip(long number, Window cap, Instant raisedAt) implements Act {
    private static final Pattern LINE =
        Pattern.compile("lift trip (\\d{1,18}), which the cap of (\\S+) raised at (\\S+)");

    @Override
    public String line() {
      return "lift trip %d, which the cap of %s raised at %s"
          .formatted(number, cap.name().toLowerCase(Locale.ROOT), raisedAt);
    }

    private static Act read(MatchResult line) {
      return new LiftTrip(
          Long.parseLong(line.group(1)),
          Window.valueOf(line.group(2).toUpperCase(Locale.ROOT)),
          Instant.parse(line.group(3)));
    }
  }

  /// Cards and chains that are behind what a server knows go on from there.
  ///
  /// @param digest of the file of judged cards
  /// @param asCounted whether the failures are those that the server has counted, and not one for each missing
  ///     judgement
  record Rebuild(long cards, String digest, boolean asCounted) implements Act {
    private static final Pattern LINE =
        Pattern.compile(
            "rebuild from (\\d{1,18}) judged cards, digest ([0-9a-f]{64}): (each missing judgement is a failure|failures as the server counted them)");

    @Override
    public String line() {
      return "rebuild from %d judged cards, digest %s: %s"
          .formatted(
              cards,
              digest,
              asCounted
                  ? "failures as the server counted them"
                  : "each missing judgement is a failure");
    }

    private static Act read(MatchResult line) {
      return new Rebuild(
          Long.parseLong(line.group(1)), line.group(2), line.group(3).startsWith("failures"));
    }
  }

  /// A guard's chain goes on from what its token remembers, though the journal lacks it.
  ///
  /// @param head how far the guard may have gone, and its head of some time before
  record AcceptHead(ChainHead head) implements Act {
    private static final Pattern LINE =
        Pattern.compile(
            "accept that the token remembers guard (\\S+) up to (\\d{1,18}) with the head (\\S{43})");

    @Override
    public String line() {
      return "accept that the token remembers guard %s up to %d with the head %s"
          .formatted(head.guard(), head.sequence(), head.hash());
    }

    private static Act read(MatchResult line) {
      return new AcceptHead(
          new ChainHead(line.group(1), Long.parseLong(line.group(2)), line.group(3)));
    }
  }

  /// Reads a line.
  ///
  /// @throws IllegalArgumentException if it is none that a guard knows
  static Act parse(String line) {
    try {
      return Stream.of(
              read(EnableCard.LINE, EnableCard::read, line),
              read(LiftTrip.LINE, LiftTrip::read, line),
              read(Rebuild.LINE, Rebuild::read, line),
              read(AcceptHead.LINE, AcceptHead::read, line))
          .flatMap(Optional::stream)
          .filter(act -> act.line().equals(line))
          .findFirst()
          .orElseThrow(() -> unknown(line, null));
    } catch (DateTimeException e) {
      throw unknown(line, e);
    }
  }

  private static IllegalArgumentException unknown(String line, @Nullable Exception cause) {
    return new IllegalArgumentException("a guard does not know how to: " + line, cause);
  }

  private static Optional<Act> read(
      Pattern pattern, Function<MatchResult, Act> reader, String line) {
    var matcher = pattern.matcher(line);
    return matcher.matches() ? Optional.of(reader.apply(matcher)) : Optional.empty();
  }
}
