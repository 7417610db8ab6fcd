package karuta.guard.upkeep;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/// Holds a journal against itself. Every guard's chain is walked and each hash recomputed; every card is made anew from
/// its rows and compared with the row that judgements depend on, and so are the failures of all cards together. Where
/// old judgements were folded, it begins at the checkpoint, once that is found to be signed, and all that it is about
/// to be there ([FoldCheck]).
///
/// A row that was changed, added or removed is found, a chain whose end is missing, and a counter that says something
/// else than the rows. Whoever puts a whole journal back to what it was, or hashes everything anew, is found by a head
/// that was known before: a guard logs them, and seals carry them.
///
/// It sees one state of the journal, which may be in use, and holds no more than some rows in memory.
public final class JournalCheck {
  private static final int TOGETHER = 500;
  private static final int SAID = 100;
  private static final String UNREADABLE =
      "holds what no guard writes; it and those after it were not looked at";

  private final Sql sql;
  private final Optional<JWKSet> keys;
  private final int together;
  private final List<String> broken = new ArrayList<>();

  /// Failures of the last day, by the minute.
  private final TreeMap<Long, Integer> failures = new TreeMap<>();

  private final List<ChainHead> folded = new ArrayList<>();
  private Checkpoint checkpoint = Checkpoint.NONE;

  /// Cards that have a base, and rows that were counted for a card.
  private long based;

  private long replayed;

  private long rows;
  private long found;

  private JournalCheck(Sql sql, Optional<JWKSet> keys, int together) {
    this.sql = sql;
    this.keys = keys;
    this.together = together;
  }

  /// What was found.
  ///
  /// @param rows how many were looked at
  /// @param checkpoint what was folded before these; [Checkpoint#NONE] if nothing was, or none is there that holds
  /// @param heads the head of every chain, to be kept where whoever can write the journal cannot
  /// @param folded known heads whose rows are folded: of these nobody can tell
  /// @param broken what does not hold, in words; the first hundred
  /// @param found how much does not hold
  public record Report(
      long rows,
      Checkpoint checkpoint,
      List<ChainHead> heads,
      List<ChainHead> folded,
      List<String> broken,
      long found) {}

  /// Whether some of a journal is folded, so that it takes keys to look at it.
  static boolean folded(Database database) {
    return database.reading(CheckpointTable::isThere);
  }

  /// Looks at all of a journal of which nothing is folded.
  ///
  /// @param known heads that were told before
  /// @throws karuta.database.DatabaseUnavailable for a database error
  public static Report of(Database database, List<ChainHead> known) {
    return of(database, known, Optional.empty(), TOGETHER);
  }

  /// Looks at all of it.
  ///
  /// @param known heads that were told before
  /// @param keys those that seals verify under, for the checkpoint
  /// @throws karuta.database.DatabaseUnavailable for a database error
  public static Report of(Database database, List<ChainHead> known, JWKSet keys) {
    return of(database, known, Optional.of(keys), TOGETHER);
  }

  /// @param together how many rows are read at once
  static Report of(Database database, List<ChainHead> known, Optional<JWKSet> keys, int together) {
    return database.reading(sql -> new JournalCheck(sql, keys, together).run(known));
  }

  private Report run(List<ChainHead> known) {
    checkpoint = FoldCheck.of(sql, keys, together, this::say);
    for (var head : known) {
      if (JudgementTable.has(sql, head)) {
        continue;
      }
      if (checkpoint.chain(head.guard()).sequence() > head.sequence()) {
        folded.add(head);
      } else {
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
    if (based != checkpoint.cards()) {
      say("%d cards have a base, and %d a checkpoint".formatted(based, checkpoint.cards()));
    }
    if (found == 0 && replayed != rows) {
      say("%d rows are counted for no card".formatted(rows - replayed));
    }
    minutes();
    var heads = heads();
    return new Report(rows, checkpoint, heads, folded, broken, found);
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
    var begin = checkpoint.chain(head.guard());
    var walked = ChainReplay.from(sql, begin);
    try {
      if (Rows.remain(sql, begin)) {
        say(
            "guard %s: it has rows up to %d, where they were folded"
                .formatted(head.guard(), begin.sequence()));
      }
      List<Rows.Linked> some;
      do {
        some = Rows.linked(sql, head.guard(), walked.chain().sequence(), together);
        for (var one : some) {
          row(walked, one);
          walked.take(one.row());
        }
      } while (some.size() == together);
    } catch (InvariantBroken _) {
      say(
          "guard %s: a row after %d %s"
              .formatted(head.guard(), walked.chain().sequence(), UNREADABLE));
      return;
    }
    if (!walked.chain().equals(head)) {
      say(
          "guard %s: its rows end at %d, and its head is another one, at %d"
              .formatted(head.guard(), walked.chain().sequence(), head.sequence()));
    }
  }

  private void row(ChainReplay before, Rows.Linked one) {
    var judgement = one.row().judgement();
    var guard = judgement.guard();
    var sequence = judgement.sequence();
    rows++;
    if (!before.goesOnWith(one.row())) {
      say(
          "guard %s: the rows after %d up to %d are missing"
              .formatted(guard, before.chain().sequence(), sequence));
    } else if (one.card().isEmpty() && judgement.head().number() > 1) {
      say("guard %s: row %d has no row before it in its card's chain".formatted(guard, sequence));
    } else if (!before.links(one.row(), one.card())) {
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
    Begins begins;
    do {
      try {
        some = Rows.cardsAfter(sql, subject, generation, together);
        begins = Begins.of(sql, some);
      } catch (InvariantBroken _) {
        say("a card after '%s', generation %d %s".formatted(subject, generation, UNREADABLE));
        return;
      }
      for (var card : some) {
        try {
          card(card, begins);
        } catch (InvariantBroken _) {
          card(card, "a row of it " + UNREADABLE);
        }
        subject = card.subject().value();
        generation = card.generation().value();
      }
    } while (some.size() == together);
  }

  /// Where the rows of some cards begin, and which of the cards may have any, or acts of officers.
  private record Begins(Map<Rows.Key, Base> bases, Set<Rows.Key> active) {
    static Begins of(Sql sql, List<CardRow> some) {
      if (some.isEmpty()) {
        return new Begins(Map.of(), Set.of());
      }
      var first = Rows.Key.of(some.getFirst());
      var last = Rows.Key.of(some.getLast());
      return new Begins(Base.between(sql, first, last), Rows.active(sql, first, last));
    }
  }

  private void card(CardRow stored, Begins begins) {
    var key = Rows.Key.of(stored);
    var base = begins.bases().get(key);
    based += base == null ? 0 : 1;
    var begin = base == null ? Base.none(key.subject(), key.generation()) : base;
    var active = begins.active().contains(key);
    var replay = active ? CardReplay.from(sql, begin) : CardReplay.withoutActs(begin);
    if (active && !replayed(stored, replay)) {
      return;
    }
    if (!replay.acted()) {
      card(stored, "an act of officers does not follow on its rows");
      return;
    }
    if (!replay.card().equals(stored)) {
      card(stored, "what it counts is not what its rows say: " + difference(replay.card(), stored));
    }
  }

  private boolean replayed(CardRow stored, CardReplay replay) {
    List<Row> some;
    do {
      var from = replay.card().head().number();
      some = JudgementTable.after(sql, stored.subject(), stored.generation(), from, together);
      for (var row : some) {
        if (!replay.goesOnWith(row)) {
          card(stored, "its rows after %d are missing".formatted(replay.card().head().number()));
          return false;
        }
        replay.take(row);
        replayed++;
      }
    } while (some.size() == together);
    return true;
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

  /// Of minutes that are folded, or partly, the rows do not say.
  private void minutes() {
    var first = checkpoint.number() == 0 ? 0 : BankWide.minute(checkpoint.before()) + 1;
    var from = Math.max(first, failures.isEmpty() ? 0 : BankWide.oldest(failures.lastKey()));
    if (!Rows.counted(sql, from).equals(failures.tailMap(from))) {
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
