package karuta.guard;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.Journal;
import karuta.log.StackSummary;
import karuta.token.TokenException;
import karuta.token.key.JournalHeads;
import karuta.token.key.Remembered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records in the token, which no server can write, how far the journal has come. If the journal is restored from an
/// older copy, it lacks the recorded head, and the guard does not start.
///
/// Flash memory wears out, and the token does nothing else while it writes; so it is written only once for a block of
/// judgements: it records the present head and how far the journal may grow from there, and the journal stops at that
/// limit until the next write. An orderly shutdown records the exact head. So at the next start an older journal is
/// noticed if it lacks the last orderly shutdown or at least half a block. A shorter gap is noticed only by the
/// servers, and in the log, which has every such head, and that of each minute in which it moved.
final class Anchor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Anchor.class);
  private static final long BLOCK = 10_000;

  /// Blocks that earlier versions of this program may have used.
  private static final long LONGEST_BLOCK = 1_000_000;

  private static final long EVERY_MS = 1_000;

  /// How many looks until the log is told where the journal is.
  static final int TELL = 60;

  private final JournalHeads token;
  private final Journal journal;
  private final String guard;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("karuta-anchor").daemon().factory());
  private long allowed;
  private String hash = "";
  private String told = "";
  private int looks;

  Anchor(JournalHeads token, Journal journal, String guard) {
    this.token = token;
    this.journal = journal;
    this.guard = guard;
  }

  /// Holds the journal against what the token remembers, then remembers where it is now, and goes on doing so.
  ///
  /// @throws CommandFailed if the journal lacks what the token remembers
  void begin() {
    try {
      hold();
    } catch (TokenException e) {
      timer.shutdownNow();
      throw new CommandFailed(
          ExitCode.TOKEN, "the token does not say how far the journal was: " + e.getMessage(), e);
    } catch (CommandFailed refused) {
      timer.shutdownNow();
      throw refused;
    }
    var _ = timer.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private void hold() {
    var remembered = token.read(guard);
    if (remembered.isPresent() && !holds(remembered.get())) {
      throw new CommandFailed(
          ExitCode.INTEGRITY,
          ("the journal is older than what the token remembers: guard %s may have judged up to number %d, and its head at the time is not here;"
                  + " see docs/ceremonies/guard-officers.md, which takes it as --token-head %d:%s")
              .formatted(
                  guard,
                  remembered.get().sequence(),
                  remembered.get().sequence(),
                  remembered.get().hash()),
          null);
    }
    remembered.ifPresent(this::knows);
    remember();
  }

  private boolean holds(Remembered head) {
    return head.hash().isEmpty()
        || journal.has(head.hash(), Math.max(1, head.sequence() - LONGEST_BLOCK), head.sequence());
  }

  private void knows(Remembered head) {
    allowed = head.sequence();
    hash = head.hash();
    journal.allowUpTo(allowed);
  }

  void look() {
    try {
      if (++looks % TELL == 0) {
        tell(journal.head());
      }
      if (allowed - sequence() < BLOCK / 2) {
        remember();
      }
    } catch (RuntimeException failure) {
      LOG.warn("the token was not told how far the journal is: {}", StackSummary.line(failure));
    }
  }

  private long sequence() {
    return journal.head().map(ChainHead::sequence).orElse(0L);
  }

  private synchronized void remember() {
    var head = journal.head();
    var here = head.map(ChainHead::hash).orElse("");
    if (here.equals(hash) && allowed - sequence() >= BLOCK / 2) {
      return;
    }
    var next = new Remembered(Math.max(allowed + 1, sequence() + BLOCK), here);
    token.advance(guard, next);
    knows(next);
    tell(head);
  }

  private synchronized void tell(Optional<ChainHead> head) {
    if (head.isPresent() && !head.get().hash().equals(told)) {
      var here = head.get();
      told = here.hash();
      LOG.info("journal head: {}:{}:{}", here.guard(), here.sequence(), here.hash());
    }
  }

  /// Remembers the exact head, if the token is there.
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      remember();
    } catch (TokenException | IllegalArgumentException failure) {
      LOG.warn("the token was not told where the journal ended: {}", StackSummary.line(failure));
    }
  }
}
