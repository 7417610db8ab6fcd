package karuta.guard.socket;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement;
import karuta.guard.client.Question;
import karuta.guard.client.Recall;
import karuta.guard.client.Reply;
import karuta.guard.client.SealFields;
import karuta.guard.client.Standing;

/// Says what it is told to say, and remembers what it was asked.
final class FakeGuard implements Guard {
  static final ChallengeId CHALLENGE = new ChallengeId("c".repeat(22));
  static final String HASH = "h".repeat(43);
  static final Reply RIGHT =
      new Reply.Judged(
          judgement(Judgement.Verdict.RIGHT),
          List.of(judgement(Judgement.Verdict.RIGHT)),
          Optional.of("a.receipt.b"));
  static final Reply CLOSED =
      new Reply.Judged(judgement(Judgement.Verdict.UNANSWERED), List.of(), Optional.empty());
  static final Reply SPENT = new Reply.Refused(Reply.Reason.SPENT, List.of(3), List.of());
  static final List<ChainHead> HEADS = List.of(new ChainHead("guard-a", 5, HASH));
  static final Standing STANDING =
      new Standing(
          "guard-a",
          "",
          "{}",
          "{\"keys\":[]}",
          HEADS,
          false,
          Map.of(new EpochId("2026-1"), "0a".repeat(32)),
          Set.of());

  final List<Object> asked = new CopyOnWriteArrayList<>();
  volatile Function<Question, Reply> judging = _ -> RIGHT;

  static Question question() {
    return new Question(
        CHALLENGE,
        new Subject("demo-1"),
        new CardId(Serial.ofRandomDigits("0123456789"), new Generation(2)),
        new EpochId("2026-1"),
        List.of(asked(3, 1, 2), asked(4, 5, 6)),
        new Question.Statement("TRANSFER", HASH, "core banking"),
        new Head(7, HASH));
  }

  private static Question.Asked asked(int number, int... cells) {
    return new Question.Asked(
        new DrawRecord(
            number,
            IntStream.of(cells).mapToObj(Cell::new).toList(),
            new byte[DrawRecord.TAG_BYTES]),
        IntStream.range(0, cells.length).mapToObj(i -> new PictureId(500 + number + i)).toList());
  }

  static Recall recalled() {
    return new Recall(CHALLENGE, new Subject("demo-1"), new Generation(2), Head.NONE);
  }

  static SealFields fields() {
    return new SealFields(2, HASH, "row-9", 5, HASH);
  }

  private static Judgement judgement(Judgement.Verdict verdict) {
    return new Judgement(
        CHALLENGE,
        new Head(8, HASH),
        verdict,
        "guard-a",
        9,
        Instant.parse("2026-03-01T09:00:00.123Z"));
  }

  @Override
  public Reply judge(Question question) {
    asked.add(question);
    return judging.apply(question);
  }

  @Override
  public Reply recall(Recall recall) {
    asked.add(recall);
    return CLOSED;
  }

  @Override
  public String seal(SealFields fields) {
    asked.add(fields);
    return "a.seal.b";
  }

  @Override
  public Standing look(List<ChainHead> known) {
    asked.add(known);
    return STANDING;
  }

  @Override
  public boolean up() {
    return true;
  }
}
