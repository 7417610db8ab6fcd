package karuta.guard.testing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.card.Subject;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TableCopy;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Guard;
import karuta.guard.journal.Caps;
import karuta.guard.journal.Journal;
import karuta.guard.judge.Judging;
import karuta.guard.officers.OfficerActs;
import karuta.guard.sign.Signing;
import karuta.guard.token.JudgeToken;
import karuta.guard.token.SigningKey;
import karuta.guard.upkeep.TestFold;
import karuta.token.Verdict;

/// Guards that share one token and one journal, which can be put back to what it was.
public final class TestGuards implements AutoCloseable {
  /// How long their receipts are good.
  public static final Duration RECEIPT_LIFE = Duration.ofMinutes(15);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> TABLES =
      List.of(
          "guards",
          "cards",
          "judgements",
          "failure_minutes",
          "trips",
          "officer_acts",
          "officer_approvals",
          "card_acts",
          "chain_acts",
          "folded_cards",
          "folded_chains",
          "checkpoints");

  /// The token behind all of them.
  public final FakeJudgeToken token = new FakeJudgeToken(new byte[32]);

  /// The clock of all of them.
  public final TestTime time = new TestTime();

  /// Run between a verification and what is made of it.
  public final AtomicReference<Runnable> afterVerify = new AtomicReference<>(() -> {});

  private final DatabaseSettings settings;
  private final Database raw;
  private final List<Journal> journals = new ArrayList<>();
  private Caps caps;

  public TestGuards(TestDatabase database, Caps caps) {
    this(database.fresh(Journal.TABLES), caps);
  }

  /// Guards whose journal is there.
  public TestGuards(DatabaseSettings settings, Caps caps) {
    this.settings = settings;
    this.raw = Database.open(settings, Journal.TABLES);
    this.caps = caps;
  }

  /// The caps of guards opened from now on.
  public void caps(Caps changed) {
    caps = changed;
  }

  /// A guard of this name.
  public Guard open(String name) {
    return on(journal(name), name);
  }

  /// A guard of this name over another token.
  public Guard open(String name, JudgeToken other) {
    return on(journal(name), name, other);
  }

  /// The journal, for a guard of this name.
  public Journal journal(String name) {
    var journal = new Journal(Database.open(settings, Journal.TABLES), name, caps, time, PATIENCE);
    journals.add(journal);
    return journal;
  }

  /// A guard of this name that writes there.
  public Guard on(Journal journal, String name) {
    return on(journal, name, watched());
  }

  private Guard on(Journal journal, String name, JudgeToken other) {
    return new Judging(name, other, journal, new Signing(other, "test bank", RECEIPT_LIFE), time);
  }

  /// What officers have a guard of this name do.
  public OfficerActs acts(String name) {
    return new OfficerActs(raw, name, caps, time);
  }

  private JudgeToken watched() {
    return new JudgeToken() {
      @Override
      public Verdict verify(EpochId epoch, MacInput answer, byte[] tag) {
        var verdict = token.verify(epoch, answer, tag);
        afterVerify.get().run();
        return verdict;
      }

      @Override
      public Map<EpochId, String> epochs() {
        return token.epochs();
      }

      @Override
      public List<SigningKey> keys(Use use) {
        return token.keys(use);
      }

      @Override
      public byte[] sign(Use use, byte[] data) {
        return token.sign(use, data);
      }

      @Override
      public void check() {
        token.check();
      }

      @Override
      public Set<String> capped() {
        return token.capped();
      }

      @Override
      public boolean up() {
        return token.up();
      }
    };
  }

  /// Failures of a card since its last pass.
  public int failures(TestCard card) {
    return failures(card.subject());
  }

  /// Failures of a subject's cards since their last pass.
  public int failures(Subject subject) {
    return raw.reading(
        sql ->
            sql.row(
                    row -> row.getInt("failed"),
                    "SELECT coalesce(sum(failures), 0) AS failed FROM cards WHERE subject = ?",
                    subject.value())
                .orElse(0));
  }

  /// How many judgements there are.
  public int rows() {
    return raw.reading(
        sql ->
            sql.row(row -> row.getInt("n"), "SELECT count(*) AS n FROM judgements").orElseThrow());
  }

  /// All rows of some of its tables, to be compared.
  public List<List<String>> contents(String... tables) {
    return raw.reading(
        sql ->
            Stream.of(tables)
                .flatMap(table -> sql.rows(TestGuards::text, "SELECT * FROM " + table).stream())
                .sorted(Comparator.comparing(List::toString))
                .toList());
  }

  /// All rows of the journal, to be compared.
  public List<List<String>> contents() {
    return contents(TABLES.toArray(String[]::new));
  }

  private static List<String> text(ResultSet row) throws SQLException {
    var texts = new ArrayList<String>();
    for (var i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      texts.add(
          row.getObject(i) instanceof byte[] bytes
              ? HexFormat.of().formatHex(bytes)
              : row.getString(i));
    }
    return texts;
  }

  /// Signs for all of them.
  public Signing signing() {
    return new Signing(token, "test bank", RECEIPT_LIFE);
  }

  /// What does not hold in the journal.
  public List<String> broken() {
    return TestFold.broken(raw, signing());
  }

  /// Folds what is old enough.
  ///
  /// @return how many judgements
  public long fold() {
    return TestFold.of(raw, signing(), time);
  }

  /// All that the journal holds.
  public TableCopy copy() {
    return TableCopy.of(raw, TABLES);
  }

  /// Puts a copy back, under running guards.
  public void putBack(TableCopy copy) {
    copy.putBack(raw);
  }

  @Override
  public void close() {
    journals.forEach(Journal::close);
    raw.close();
  }
}
