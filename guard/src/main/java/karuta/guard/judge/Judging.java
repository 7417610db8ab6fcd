package karuta.guard.judge;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.card.MacInput;
import karuta.database.DatabaseUnavailable;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Recall;
import karuta.guard.client.Reply;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.SealFields;
import karuta.guard.client.Standing;
import karuta.guard.journal.Decision;
import karuta.guard.journal.Entry;
import karuta.guard.journal.Journal;
import karuta.guard.sign.Signing;
import karuta.guard.token.JudgeToken;
import karuta.guard.token.JudgeToken.Use;
import karuta.log.LimitedLog;
import karuta.token.KeyLimitReached;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verify, commit, tell, in this order and no other (`docs/decisions/014-guard-model.md`):
///
/// 1. The token verifies every draw, without any lock held. Until then nobody knows the verdict; after it only this
///   call does.
/// 2. The journal records it, unless something stands against it; then the verdict is forgotten untold.
/// 3. What is told, and what is signed, is what is in the journal: never what this call found.
///
/// A token that itself limits the uses of a key gives no verdict beyond that: nothing is recorded then, whatever was
/// answered.
///
/// So parallel guesses gain nothing, a call whose reply was lost is told the same again, and a fault on the way is told
/// as a fault.
public final class Judging implements Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

  private final String name;
  private final JudgeToken token;
  private final Journal journal;
  private final Signing signing;
  private final InstantSource time;
  private final LimitedLog log = new LimitedLog(LOG::warn, System::nanoTime);

  /// @param name of this guard; see [ChainHead#requireName]
  public Judging(
      String name, JudgeToken token, Journal journal, Signing signing, InstantSource time) {
    this.name = ChainHead.requireName(name);
    this.token = token;
    this.journal = journal;
    this.signing = signing;
    this.time = time;
  }

  @Override
  public Reply judge(Question question) {
    return asFault(
        () -> {
          var foreseen = journal.foresee(Entry.of(question, false));
          if (foreseen.isPresent()) {
            return reply(foreseen.get(), true);
          }
          boolean right;
          try {
            right = verify(question);
          } catch (KeyLimitReached capped) {
            log.line("capped keys", () -> String.valueOf(capped.getMessage()));
            return new Reply.Refused(Reason.KEY_CAPPED, List.of(), List.of());
          }
          return reply(journal.record(Entry.of(question, right)), true);
        });
  }

  @Override
  public Reply recall(Recall recall) {
    return asFault(() -> reply(journal.record(Entry.of(recall)), false));
  }

  /// Every draw is verified, whatever the first verdict was, so that neither time nor the token's own counts tell which
  /// of two was wrong. What is verified is built here, from what the call says of the card: who lies about it is wrong.
  private boolean verify(Question question) {
    var right = true;
    for (var asked : question.asked()) {
      var draw = asked.draw();
      try (var answer =
          MacInput.answer(
              question.subject(), question.card(), draw.number(), draw.cells(), asked.pictures())) {
        right &= token.verify(question.epoch(), answer, draw.tag()) == karuta.token.Verdict.RIGHT;
      }
    }
    return right;
  }

  private Reply reply(Decision decision, boolean receipt) {
    return switch (decision) {
      case Decision.Refused refused ->
          new Reply.Refused(refused.reason(), refused.spent(), refused.unseen());
      case Decision.Stands stands -> {
        var judgement = stands.row().judgement();
        yield new Reply.Judged(
            judgement,
            stands.unseen(),
            receipt && judgement.verdict() == Verdict.RIGHT
                ? Optional.of(signing.receipt(stands.row()))
                : Optional.empty());
      }
    };
  }

  @Override
  public String seal(SealFields fields) {
    return asFault(
        () ->
            signing.seal(
                fields,
                time.instant(),
                journal.heads().stream().filter(head -> head.guard().equals(name)).findFirst()));
  }

  @Override
  public Standing look(List<ChainHead> known) {
    var behind = !asFault(() -> journal.knows(known));
    return new Standing(
        name,
        behind ? "the journal is older than what the server remembers" : reason(),
        signing.keys(Use.RECEIPT),
        signing.keys(Use.SEAL),
        asFault(journal::heads),
        behind,
        token.epochs(),
        token.capped());
  }

  private String reason() {
    if (journal.moved()) {
      return "the journal is not as this guard left it";
    }
    try {
      token.check();
      return "";
    } catch (GuardUnavailable unavailable) {
      return String.valueOf(unavailable.getMessage());
    }
  }

  @Override
  public boolean up() {
    return token.up();
  }

  private static <T> T asFault(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseUnavailable e) {
      throw new GuardUnavailable("the journal did not do its work", e);
    }
  }
}
