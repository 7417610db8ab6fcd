package karuta.guard.upkeep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import karuta.database.Database;
import karuta.database.InvariantBroken;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.journal.BankWide;
import karuta.guard.journal.CardRow;
import karuta.guard.journal.Chain;
import karuta.guard.journal.JudgementTable;
import karuta.guard.journal.Row;
import karuta.guard.officers.ActTable;

/// Holds a journal against itself. Every guard's chain is walked and each hash recomputed; every card is made anew from its
/// rows and compared with the row that judgements depend on, and so are the failures of all cards together.
///
/// A row that was changed, added or removed is found, a chain whose end is missing, and a counter that says something else than
/// the rows. Whoever puts a whole journal back to what it was, or hashes everything anew, is found by a head that was known before:
/// a guard logs them, and seals carry them.
///
/// It sees one state of the journal, which may be in use, and holds no more than some rows in memory.
public final class JournalCheck {
  private static final int TOGETHER = 500;
  private static final int SAID = 100;
  private static final String UNREADABLE =
      "holds what no guard writes; it and those after it were not looked at";

  private final Sql sql;
  private final int together;
  private final List<String> broken = new ArrayList<>();

  /// Failures of the last day, by the minute.
  private final TreeMap<Long, Integer> failures = new TreeMap<>();

  private long rows;
  private long found;

  private JournalCheck(Sql sql, int together) {
    this.sql = sql;
    this.together = together;
  }

  /// What was found.
  ///
  /// @param rows how many were looked at
  /// @param heads the head of every chain, to be kept where whoever can write the journal cannot
  /// @param broken what does not hold, in words; the first hundred
  /// @param found how much does not hold
  public record Report(long rows, List<ChainHead> heads, List<String> broken, long found) {}

  /// Looks at all of it.
  ///
  /// @param known heads that were told before
  /// @throws karuta.database.DatabaseUnavailable for a database error
  public static Report of(Database database, List<ChainHead> known) {
    return of(database, known, TOGETHER);
  }

  /// @param together how many rows are read at once
  static Report of(Database database, List<ChainHead> known, int together) {
    return database.reading(sql -> new JournalCheck(sql, together).run(known));
  }

  private Report run(List<ChainHead> known) {
    for (var head : known) {
      if (!JudgementTable.has(sql, head)) {
        say(
            "guard %s: it has no row %d with the hash that was known"
                .formatted(head.guard(), head.sequence()));
      }
    }
    for (var chain : Rows.chains(sql)) {
      guard(chain);
    }
    for (var guard = Rows.guardAfter(sql, "");
        guard.isPresent();
        guard = Rows.guardAfter(sql, guard.get())) {
      var name = guard.get();
      if (Rows.chains(sql).stream().noneMatch(chain -> chain.guard().equals(name))) {
        say("guard %s: it has rows and no head".formatted(name));
        guard(Rows.none(name));
      }
    }
    cards();
    minutes();
    var heads = heads();
    return new Report(rows, heads, broken, found);
  }

  private List<ChainHead> heads() {
    try {
      return Chain.heads(sql);
    } catch (InvariantBroken _) {
      say("a head " + UNREADABLE);
      return List.of();
    }
  }

  private void guard(Chain head) {
    var walked = Rows.none(head.guard());
    var acts = new ArrayDeque<>(ActTable.of(sql, head.guard()));
    try {
      List<Rows.Linked> some;
      do {
        walked = moved(walked, acts);
        some = Rows.linked(sql, head.guard(), walked.sequence(), together);
        for (var one : some) {
          row(walked, one);
          walked = moved(walked.with(one.row()), acts);
        }
      } while (some.size() == together);
    } catch (InvariantBroken _) {
      say("guard %s: a row after %d %s".formatted(head.guard(), walked.sequence(), UNREADABLE));
      return;
    }
    if (!walked.equals(head)) {
      say(
          "guard %s: its rows end at %d, and its head is another one, at %d"
              .formatted(head.guard(), walked.sequence(), head.sequence()));
    }
  }

  /// The chain from where an act has it go on.
  private static Chain moved(Chain chain, Deque<ActTable.ChainAct> acts) {
    var now = chain;
    while (!acts.isEmpty() && acts.getFirst().before() == now.sequence()) {
      var act = acts.removeFirst();
      now = new Chain(now.guard(), act.sequence(), act.hash(), now.at());
    }
    return now;
  }

  private void row(Chain before, Rows.Linked one) {
    var judgement = one.row().judgement();
    var guard = judgement.guard();
    var sequence = judgement.sequence();
    rows++;
    if (sequence != before.sequence() + 1) {
      say(
          "guard %s: the rows after %d up to %d are missing"
              .formatted(guard, before.sequence(), sequence));
    } else if (one.card().isEmpty() && judgement.head().number() > 1) {
      say("guard %s: row %d has no row before it in its card's chain".formatted(guard, sequence));
    } else if (!Row.hash(one.row(), before.hash(), one.card()).equals(judgement.head().hash())) {
      say("guard %s: row %d is not the one that was written".formatted(guard, sequence));
    }
    if (!one.hasCard()) {
      say("guard %s: row %d is of a card that the journal lacks".formatted(guard, sequence));
    }
    if (judgement.verdict() == Verdict.WRONG) {
      failures.merge(BankWide.minute(judgement.at()), 1, Integer::sum);
      failures.headMap(BankWide.oldest(failures.lastKey())).clear();
    }
  }

  private void cards() {
    var subject = "";
    var generation = 0;
    List<CardRow> some;
    do {
      try {
        some = Rows.cardsAfter(sql, subject, generation, together);
      } catch (InvariantBroken _) {
        say("a card after '%s', generation %d %s".formatted(subject, generation, UNREADABLE));
        return;
      }
      for (var card : some) {
        try {
          card(card);
        } catch (InvariantBroken _) {
          card(card, "a row of it " + UNREADABLE);
        }
        subject = card.subject().value();
        generation = card.generation().value();
      }
    } while (some.size() == together);
  }

  private void card(CardRow stored) {
    var made = CardRow.none(stored.subject(), stored.generation());
    var acts = new ArrayDeque<>(ActTable.of(sql, stored.subject(), stored.generation()));
    List<Row> some;
    do {
      made = acted(made, acts);
      some =
          JudgementTable.after(
              sql, stored.subject(), stored.generation(), made.head().number(), together);
      for (var row : some) {
        if (row.judgement().head().number() != made.head().number() + 1) {
          card(stored, "its rows after %d are missing".formatted(made.head().number()));
          return;
        }
        made = acted(made.judged(row), acts);
      }
    } while (some.size() == together);
    if (!acts.isEmpty()) {
      card(stored, "an act of officers does not follow on its rows");
      return;
    }
    if (!made.equals(stored)) {
      card(stored, "what it counts is not what its rows say: " + difference(made, stored));
    }
  }

  /// The card after the acts that were made over what it is now.
  private static CardRow acted(CardRow card, Deque<ActTable.CardAct> acts) {
    var now = card;
    while (!acts.isEmpty() && acts.getFirst().follows(now)) {
      now = acts.removeFirst().applied(now);
    }
    return now;
  }

  private void card(CardRow card, String what) {
    say("card of %s, generation %s: %s".formatted(card.subject(), card.generation().value(), what));
  }

  private static String difference(CardRow made, CardRow stored) {
    var all = new ArrayList<String>();
    differ(all, "head", made.head().number(), stored.head().number());
    differ(all, "failures", made.failures(), stored.failures());
    differ(all, "failures in its life", made.failuresInLife(), stored.failuresInLife());
    differ(all, "last failure", made.failedAt(), stored.failedAt());
    differ(all, "spent draws", made.spent(), stored.spent());
    return all.isEmpty() ? "the hash of its head" : String.join(", ", all);
  }

  private static void differ(List<String> all, String what, Object made, Object stored) {
    if (!made.equals(stored)) {
      all.add("%s %s and not %s".formatted(what, stored, made));
    }
  }

  private void minutes() {
    var from = failures.isEmpty() ? 0 : BankWide.oldest(failures.lastKey());
    if (!Rows.counted(sql, from).equals(failures)) {
      say("the failures of all cards together, by the minute, are not those of the rows");
    }
  }

  private void say(String what) {
    found++;
    if (broken.size() < SAID) {
      broken.add(what);
    }
  }
}
