package karuta.guard;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.database.SoleUse;
import karuta.database.TimeOfRecord;
import karuta.guard.config.GuardConfig;
import karuta.guard.journal.Journal;
import karuta.guard.judge.Judging;
import karuta.guard.sign.Signing;
import karuta.guard.socket.GuardSocket;
import karuta.guard.verifier.End;
import karuta.guard.verifier.WatchedToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running guard: everything opened in order, and closed in the opposite one.
final class Guarding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guarding.class);

  /// How much longer than the database's own deadlines a call waits for a commit.
  private static final int COMMIT = 6;

  /// What closes each thing that is open, the last one first.
  private final Deque<Runnable> open = new ArrayDeque<>();

  private final Path path;

  private Guarding(Path path) {
    this.path = path;
  }

  /// Opens the journal and the token, then listens.
  ///
  /// @param known refuses a journal that lacks what is known of it
  /// @param end called when a call to the token hangs, or another guard has taken this one's name
  /// @throws CommandFailed if something is not as it must be; nothing stays open
  static Guarding start(GuardConfig config, Consumer<Journal> known, End end) {
    var guarding = new Guarding(config.listener().socket());
    try {
      guarding.open(config, known, end);
      return guarding;
    } catch (DatabaseUnavailable e) {
      guarding.closeAll();
      throw Journal.unusable(e);
    } catch (RuntimeException failure) {
      guarding.closeAll();
      throw failure;
    }
  }

  private void open(GuardConfig config, Consumer<Journal> known, End end) {
    var machine = Clock.tickMillis(ZoneOffset.UTC);
    var database = Database.open(config.journal(), Journal.TABLES);
    open.push(database::close);
    var sole = SoleUse.take(config.journal(), config.name(), () -> replaced(end));
    open.push(sole::close);
    var time = TimeOfRecord.of(database, machine);
    var watched = WatchedToken.open(config, machine, end);
    open.push(watched::close);
    var token = watched.token();
    var patience = config.journal().patience().multipliedBy(COMMIT);
    var journal = new Journal(database, config.name(), config.caps(), time, patience);
    open.push(journal::close);
    known.accept(journal);
    var anchor = new Anchor(token.heads(), journal, config.name());
    anchor.begin();
    open.push(anchor::close);
    var signing = new Signing(token.judging(), config.issuer(), config.receiptLife());
    var judging = new Judging(config.name(), token.judging(), journal, signing, time);
    var at = config.listener();
    var socket =
        GuardSocket.listen(
            new GuardSocket.Settings(at.socket(), at.peers(), at.connections()), judging);
    open.push(socket::close);
  }

  private static void replaced(End end) {
    end.now(ExitCode.USAGE, "another guard goes by this one's name in the journal");
  }

  /// Where it listens.
  Path path() {
    return path;
  }

  /// Ends in order: what is under way is told, then the journal is closed, then the token.
  @Override
  public void close() {
    closeAll();
    LOG.info("shut down");
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
