package karuta.guard.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Database;
import karuta.database.Sql;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question.Statement;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestTime;

/// Many judgements of many cards, as a guard records them, in as few transactions as a database likes. Every eighth is
/// wrong; each right one spends a draw.
public final class ManyJudgements {
  private static final int TOGETHER = 2_000;
  private static final Generation FIRST = new Generation(1);

  private final String guard;
  private final TestTime time;
  private final int cards;
  private final Deciding deciding;
  private final Map<Integer, Head> heads = new HashMap<>();
  private int judged;

  /// @param cards how many, one after the other and then again
  public ManyJudgements(String guard, TestTime time, int cards) {
    this.guard = guard;
    this.time = time;
    this.cards = cards;
    this.deciding = new Deciding(new Caps(100, 100, 10_000_000, 10_000_000, 10_000_000), time);
  }

  /// The subject of a card.
  ///
  /// @param number from 0
  public static Subject subject(int number) {
    return new Subject(String.format(Locale.ROOT, "customer-%08d", number));
  }

  /// Records so many more.
  ///
  /// @param between the time from one to the next
  public void judge(Database database, int count, Duration between) {
    for (var left = count; left > 0; left -= TOGETHER) {
      var now = Math.min(left, TOGETHER);
      database.change(sql -> judge(sql, now, between));
    }
  }

  private int judge(Sql sql, int count, Duration between) {
    var before = Chain.hold(sql, guard);
    var chain = before;
    for (var i = 0; i < count; i++) {
      time.pass(between);
      var recorded = deciding.record(sql, chain, next());
      chain = recorded.chain();
      heads.put(
          (judged - 1) % cards, ((Decision.Stands) recorded.decision()).row().judgement().head());
    }
    chain.write(sql, before);
    return count;
  }

  private Entry next() {
    var number = judged++;
    var card = number % cards;
    var turn = number / cards;
    return new Entry(
        new ChallengeId(String.format(Locale.ROOT, "many-%017d", number)),
        subject(card),
        FIRST,
        List.of(1 + turn),
        Optional.of(new Statement("TRANSFER", TestCard.DIGEST, "core-banking")),
        number % 8 == 7 ? Verdict.WRONG : Verdict.RIGHT,
        heads.getOrDefault(card, Head.NONE));
  }
}
