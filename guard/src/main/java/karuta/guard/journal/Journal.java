package karuta.guard.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.database.Sql;
import karuta.database.Tables;
import karuta.guard.client.ChainHead;

/// What guards remember. Entries that wait together are committed together; whatever is returned is on disk.
///
/// Several guards may share one PostgreSQL, each with a name and a chain of its own: the card's row is all they wait
/// for.
public final class Journal implements AutoCloseable {
  /// The tables, and what brings them up to date.
  public static final Tables TABLES =
      new Tables(
          "guard/migration",
          "journal",
          "karuta guard migrate",
          List.of("judgements", "failure_minutes", "trips"));

  private final Database database;
  private final Deciding deciding;
  private final GroupWriter writer;
  private final Commits commits;

  /// @param guard the name of the guard that writes; see [ChainHead#requireName]
  /// @param time of record, in milliseconds
  /// @param patience how long a call waits for a commit; longer than the database's own deadlines
  public Journal(
      Database database, String guard, Caps caps, InstantSource time, Duration patience) {
    this.database = database;
    this.deciding = new Deciding(caps, time);
    this.writer = new GroupWriter(database, deciding, ChainHead.requireName(guard));
    this.commits = new GroupCommit(writer, patience);
  }

  /// @param commits to that database, by that writer
  Journal(Database database, Deciding deciding, GroupWriter writer, Commits commits) {
    this.database = database;
    this.deciding = deciding;
    this.writer = writer;
    this.commits = commits;
  }

  /// What is decided of an answer before its verdict is known; empty if the token has to be asked. It is only a look:
  /// what holds is what [#record] finds.
  ///
  /// @throws karuta.database.DatabaseUnavailable for a database error
  public Optional<Decision> foresee(Entry entry) {
    return database.reading(
        sql -> deciding.decided(sql, card(sql, entry.subject(), entry.generation()), entry));
  }

  private static CardRow card(Sql sql, Subject subject, Generation generation) {
    return CardRow.find(sql, subject, generation)
        .orElseGet(() -> CardRow.none(subject, generation));
  }

  /// Records an entry, unless something stands against it.
  ///
  /// @return what is on disk now
  /// @throws karuta.database.DatabaseUnavailable if that is unknown
  /// @throws IllegalArgumentException if the entry is none that a server makes
  public Decision record(Entry entry) {
    return commits.record(entry);
  }

  /// The head of every chain.
  public List<ChainHead> heads() {
    return database.reading(Chain::heads);
  }

  /// The head of the guard's own chain; none before its first judgement.
  public Optional<ChainHead> head() {
    return heads().stream().filter(head -> head.guard().equals(writer.guard())).findFirst();
  }

  /// Whether a row of the guard's chain has this hash and a number in this span.
  public boolean has(String hash, long from, long to) {
    return database.reading(sql -> JudgementTable.has(sql, writer.guard(), hash, from, to));
  }

  /// Whether the guard's chain was found elsewhere than the guard left it. Nothing is recorded any more.
  public boolean moved() {
    return writer.moved();
  }

  /// From now on no row with a higher number is written: what the token remembers would not cover it.
  public void allowUpTo(long sequence) {
    writer.allowUpTo(sequence);
  }

  /// Whether all of these are in the journal, or before what is: if not, it is older than whoever remembers them.
  public boolean knows(List<ChainHead> heads) {
    return database.reading(
        sql ->
            heads.stream()
                .allMatch(head -> JudgementTable.has(sql, head) || Folded.after(sql, head)));
  }

  /// What a command says that cannot begin without its journal.
  public static CommandFailed unusable(DatabaseUnavailable unavailable) {
    var away = unavailable.away();
    return new CommandFailed(
        away ? ExitCode.INTERRUPTED : ExitCode.USAGE,
        "the journal %s: %s"
            .formatted(away ? "is not to be had now" : "cannot be used", unavailable.getMessage()),
        unavailable);
  }

  /// Ends what is under way, then closes the database.
  @Override
  public void close() {
    commits.close();
    database.close();
  }
}
