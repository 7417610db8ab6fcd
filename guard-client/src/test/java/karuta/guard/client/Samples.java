package karuta.guard.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.bundle.DrawRecord;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.ChallengeId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.card.Subject;

/// Calls and what may come of them.
final class Samples {
  static final ChallengeId CHALLENGE = new ChallengeId("c".repeat(22));
  static final String HASH = "h".repeat(43);
  static final Judgement WRONG = judgement(CHALLENGE, Judgement.Verdict.WRONG);

  private Samples() {}

  static Question question() {
    return question(asked(3, 1, 2), asked(4, 5, 6));
  }

  static Question question(Question.Asked... asked) {
    return new Question(
        CHALLENGE,
        new Subject("demo-1"),
        new CardId(Serial.ofRandomDigits("0123456789"), new Generation(2)),
        new EpochId("2026-1"),
        List.of(asked),
        new Question.Statement("TRANSFER", HASH, "core banking"),
        new Head(7, HASH));
  }

  /// A draw with the pictures 500, 501 and so on.
  static Question.Asked asked(int number, int... cells) {
    var tag = new byte[DrawRecord.TAG_BYTES];
    tag[0] = (byte) number;
    return new Question.Asked(
        new DrawRecord(number, IntStream.of(cells).mapToObj(Cell::new).toList(), tag),
        IntStream.range(0, cells.length).mapToObj(i -> new PictureId(500 + number + i)).toList());
  }

  static Recall recall() {
    return new Recall(CHALLENGE, new Subject("demo-1"), new Generation(2), Head.NONE);
  }

  static SealFields fields() {
    return new SealFields(2, HASH, "row-9", 5, HASH);
  }

  static Standing standing() {
    return new Standing(
        "guard-a",
        "the caps",
        "{}",
        "{\"keys\":[]}",
        heads(),
        true,
        Map.of(new EpochId("2026-1"), "0a".repeat(32)),
        Set.of("book-2026-1"));
  }

  static List<ChainHead> heads() {
    return List.of(new ChainHead("guard-a", 5, HASH), new ChainHead("guard-b", 6, HASH));
  }

  static Judgement judgement(ChallengeId challenge, Judgement.Verdict verdict) {
    return new Judgement(
        challenge,
        new Head(8, HASH),
        verdict,
        "guard-a",
        9,
        Instant.parse("2026-03-01T09:00:00.123Z"));
  }
}
