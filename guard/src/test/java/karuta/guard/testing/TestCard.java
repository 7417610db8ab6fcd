package karuta.guard.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import karuta.bundle.DrawRecord;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.ChallengeId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.guard.client.Head;
import karuta.guard.client.Question;
import karuta.guard.client.Question.Asked;
import karuta.guard.client.Question.Statement;
import karuta.guard.client.Recall;

/// A card whose draw `n` asks the cells 2n-2 and 2n-1, and from the first again after the last, where the pictures with
/// the same numbers stand. Every question is a challenge of its own and shows nothing, unless it is made from another.
public final class TestCard {
  /// Stands for the digest of a transaction.
  public static final String DIGEST = "0adfMUFuLIC058NelKQNAFFA5eloC3r3rakJmcQLexw";

  private static final AtomicInteger CHALLENGES = new AtomicInteger();
  private static final FakeJudgeToken ISSUER = new FakeJudgeToken(new byte[32]);
  private static final int WRONG = 500;
  private static final int CELLS = 50;

  private final Subject subject;
  private final UnaryOperator<byte[]> issuer;
  private final EpochId epoch;
  private final CardId card = new CardId(Serial.ofRandomDigits("1234567890"), new Generation(1));

  /// A card for the [FakeJudgeToken].
  public TestCard(String subject) {
    this(subject, ISSUER::tag);
  }

  /// A card of another issuer.
  ///
  /// @param issuer makes the tag of an answer
  public TestCard(String subject, UnaryOperator<byte[]> issuer) {
    this(subject, FakeJudgeToken.EPOCH, issuer);
  }

  /// A card of another epoch.
  public TestCard(String subject, EpochId epoch, UnaryOperator<byte[]> issuer) {
    this.subject = new Subject(subject);
    this.epoch = epoch;
    this.issuer = issuer;
  }

  public Subject subject() {
    return subject;
  }

  public Generation generation() {
    return card.generation();
  }

  /// An answer that is right for all of these draws.
  public Question right(int... draws) {
    return question(challenge(), IntStream.of(draws).mapToObj(draw -> asked(draw, true)).toList());
  }

  /// An answer that is wrong for all of these draws.
  public Question wrong(int... draws) {
    return question(challenge(), IntStream.of(draws).mapToObj(draw -> asked(draw, false)).toList());
  }

  /// These pictures for the two cells of a draw, by their numbers.
  public Question guess(int draw, int first, int second) {
    return question(
        challenge(),
        List.of(
            new Asked(
                asked(draw, true).draw(), List.of(new PictureId(first), new PictureId(second)))));
  }

  /// Right for the first draw, wrong for the second.
  public Question oneWrongOfTwo(int first, int second) {
    return question(challenge(), List.of(asked(first, true), asked(second, false)));
  }

  /// The right answer to the same challenge.
  public Question rightFor(Question other) {
    return question(
        other.challenge(), other.draws().stream().map(draw -> asked(draw, true)).toList());
  }

  /// The same answer, as a server asks that remembers this much.
  public Question showing(Question other, Head shown) {
    return new Question(
        other.challenge(),
        other.subject(),
        other.card(),
        other.epoch(),
        other.asked(),
        other.statement(),
        shown);
  }

  /// The same answer, for something else.
  public Question stating(Question other, String purpose) {
    return new Question(
        other.challenge(),
        other.subject(),
        other.card(),
        other.epoch(),
        other.asked(),
        new Statement(purpose, DIGEST, "elsewhere"),
        other.shown());
  }

  /// The same answer to the same challenge, said to be of another customer's card.
  public Question claimedBy(String otherSubject, Question other) {
    return new Question(
        other.challenge(),
        new Subject(otherSubject),
        other.card(),
        other.epoch(),
        other.asked(),
        other.statement(),
        other.shown());
  }

  /// The same answer with the tag of another draw.
  public Question withTagOf(Question other, int draw) {
    var asked = other.asked().getFirst();
    return question(
        challenge(),
        List.of(
            new Asked(
                new DrawRecord(
                    asked.number(), asked.draw().cells(), asked(draw, true).draw().tag()),
                asked.pictures())));
  }

  /// Asks what became of a challenge.
  public Recall recall(Question question) {
    return new Recall(
        question.challenge(), question.subject(), question.card().generation(), question.shown());
  }

  private Question question(ChallengeId challenge, List<Asked> asked) {
    return new Question(
        challenge,
        subject,
        card,
        epoch,
        asked,
        new Statement("TRANSFER", DIGEST, "core-banking"),
        Head.NONE);
  }

  private Asked asked(int draw, boolean right) {
    var cells = List.of(cell(2 * draw - 2), cell(2 * draw - 1));
    var pictures = new ArrayList<PictureId>();
    cells.forEach(cell -> pictures.add(new PictureId(cell.index())));
    byte[] tag;
    try (var answer = MacInput.answer(subject, card, draw, cells, pictures)) {
      tag = issuer.apply(answer.toBytes());
    }
    if (!right) {
      pictures.set(1, new PictureId(WRONG));
    }
    return new Asked(new DrawRecord(draw, cells, tag), List.copyOf(pictures));
  }

  private static Cell cell(int number) {
    return new Cell(number % CELLS);
  }

  private static ChallengeId challenge() {
    return new ChallengeId(
        String.format(Locale.ROOT, "challenge-%012d", CHALLENGES.incrementAndGet()));
  }
}
