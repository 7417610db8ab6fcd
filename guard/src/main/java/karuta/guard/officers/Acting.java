package karuta.guard.officers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Sql;
import karuta.document.DocumentException;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Head;
import karuta.guard.journal.Caps;
import karuta.guard.journal.CardRow;
import karuta.guard.journal.Chain;
import karuta.guard.journal.Deciding;
import karuta.guard.journal.JudgementTable;
import karuta.guard.judged.JudgedCard;
import karuta.guard.judged.JudgedFile;
import karuta.guard.officers.ActTable.Step;

/// An act under way: its steps one after the other, and what they did.
final class Acting {
  private static final int MANY = 999_999_999;

  private final Sql sql;
  private final Caps caps;
  private final long act;
  private final Instant now;
  private final Optional<Path> judged;
  private int step;
  private Done done = new Done(0, 0, 0, 0);

  /// What an act did.
  ///
  /// @param cards that were changed
  /// @param charged failures that were added to cards
  /// @param chains of guards that go on from a place the server knows
  /// @param trips that were lifted
  record Done(long cards, long charged, long chains, long trips) {
    Done and(long moreCards, long moreCharged, long moreChains, long moreTrips) {
      return new Done(
          cards + moreCards, charged + moreCharged, chains + moreChains, trips + moreTrips);
    }

    @Override
    public String toString() {
      return "cards changed: %d, failures charged: %d, guards' chains moved: %d, trips lifted: %d"
          .formatted(cards, charged, chains, trips);
    }
  }

  /// @param act its number
  Acting(Sql sql, Caps caps, long act, Instant now, Optional<Path> judged) {
    this.sql = sql;
    this.caps = caps;
    this.act = act;
    this.now = now;
    this.judged = judged;
  }

  Instant now() {
    return now;
  }

  Done done() {
    return done;
  }

  void carryOut(Act act) {
    step++;
    switch (act) {
      case Act.EnableCard enable -> enable(enable);
      case Act.LiftTrip lift -> lift(lift);
      case Act.Rebuild rebuild -> rebuild(rebuild);
      case Act.AcceptHead accept -> know(accept.head());
    }
  }

  static Optional<Act> enabling(CardRow card, Caps caps) {
    var alsoInLife = card.failuresInLife() >= caps.inLife();
    return card.failures() == 0 && !alsoInLife
        ? Optional.empty()
        : Optional.of(
            new Act.EnableCard(
                card.subject(),
                card.generation(),
                card.failures(),
                card.failuresInLife(),
                alsoInLife));
  }

  private void enable(Act.EnableCard act) {
    var card = CardRow.hold(sql, act.subject(), act.generation());
    OfficerActs.require(
        enabling(card, caps).filter(act::equals).isPresent(),
        "there is something else now than: " + act.line());
    change(
        card,
        card.head(),
        card.with(
            card.head(), 0, act.alsoInLife() ? 0 : act.inLife(), card.failedAt(), card.spent()));
  }

  private void lift(Act.LiftTrip act) {
    OfficerActs.require(
        Trips.lifting(sql).filter(act::equals).isPresent(),
        "there is something else now than: " + act.line());
    Trips.lift(sql, act.number(), now);
    done = done.and(0, 0, 0, 1);
  }

  /// What is read before the digest is known is undone if it is another.
  private void rebuild(Act.Rebuild act) {
    var file =
        judged.orElseThrow(
            () ->
                CommandFailed.refused(
                    "the request is about a file of judged cards; give it, with --rebuild"));
    holdAll();
    try (var in = Files.newInputStream(file)) {
      var read = JudgedFile.read(in, this::know, card -> rebuild(card, act.asCounted()));
      OfficerActs.require(
          read.digest().equals(act.digest()) && read.cards() == act.cards(),
          "the file of judged cards is another: its digest is " + read.digest());
    } catch (DocumentException e) {
      throw new CommandFailed(ExitCode.INTEGRITY, file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailed.unreadable(file, e);
    }
  }

  /// No guard records anything until the transaction ends.
  private void holdAll() {
    sql.rows(row -> row.getString("guard"), "SELECT guard FROM guards ORDER BY guard")
        .forEach(guard -> Chain.hold(sql, guard));
  }

  private void know(ChainHead head) {
    if (JudgementTable.has(sql, head)) {
      return;
    }
    var chain = Chain.hold(sql, head.guard());
    if (head.sequence() > chain.sequence()) {
      new Chain(head.guard(), head.sequence(), head.hash(), chain.at()).write(sql, chain);
    }
    ActTable.add(sql, new Step(act, step), head, chain);
    done = done.and(0, 0, 1, 0);
  }

  /// Nothing is lowered: the higher number and count stay, and every draw that either side has seen pass is spent.
  /// Where the journal has as many judgements as the store and others, nobody knows where the two parted, so all that
  /// the store has are missing.
  private void rebuild(JudgedCard shown, boolean asCounted) {
    var found = CardRow.find(sql, shown.subject(), shown.generation());
    if (found.isPresent() && Deciding.knows(sql, found.get(), shown.head())) {
      return;
    }
    var card = CardRow.hold(sql, shown.subject(), shown.generation());
    var further = shown.head().number() - card.head().number();
    var missing = asCounted ? 0 : further > 0 ? further : shown.head().number();
    var failures = Math.max(sum(card.failures(), missing), shown.wrong());
    var inLife =
        Math.max(Math.max(sum(card.failuresInLife(), missing), shown.wrongInLife()), failures);
    var draws = shown.used();
    draws.or(card.spent());
    change(
        card,
        shown.head(),
        card.with(
            further > 0 ? shown.head() : card.head(),
            failures,
            inLife,
            inLife > card.failuresInLife() ? now : card.failedAt(),
            draws));
  }

  private static int sum(int failures, long missing) {
    return (int) Math.min(MANY, failures + missing);
  }

  /// @param known the place that the journal knows from now on
  private void change(CardRow before, Head known, CardRow after) {
    after.write(sql, before.head());
    ActTable.add(sql, new Step(act, step), known, before, after);
    done = done.and(1, Math.max(0, after.failuresInLife() - before.failuresInLife()), 0, 0);
  }
}
