package karuta.guard.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import karuta.card.Generation;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.Sql;
import karuta.guard.client.Head;
import karuta.guard.journal.Caps;
import karuta.guard.journal.CardRow;
import karuta.guard.journal.Journal;
import karuta.guard.journal.ManyJudgements;
import karuta.guard.sign.Signing;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestGuards;
import karuta.guard.testing.TestTime;
import karuta.guard.token.JudgeToken.Use;
import karuta.guard.upkeep.CheckpointTable.Stored;

/// Prints how large a journal is, and how long it takes to be folded, opened and verified. For a journal in a SQLite
/// file:
///
///     java -cp ... karuta.guard.upkeep.JournalSize DIRECTORY JUDGEMENTS CARDS
///
/// The judgements are made by a guard's own code and folded by that of `karuta guard fold`. The cards are written by
/// SQL, each with a base of 20 judgements, and a checkpoint over them is signed.
final class JournalSize {
  private static final int STAY = 20_000;
  private static final int EACH = 25;
  private static final int TOGETHER = 250_000;
  private static final String PAGES =
      """
      SELECT ((SELECT page_count FROM pragma_page_count()) - (SELECT freelist_count FROM pragma_freelist_count()))
             * (SELECT page_size FROM pragma_page_size()) AS bytes
      """;

  private final TestTime time = new TestTime();
  private final FakeJudgeToken token = new FakeJudgeToken(new byte[32]);
  private final Signing signing = new Signing(token, "test bank", TestGuards.RECEIPT_LIFE);
  private final DatabaseSettings settings;
  private final Database database;

  private JournalSize(Path directory) throws IOException {
    this.settings =
        DatabaseSettings.sqlite(Files.createTempDirectory(directory, "size").resolve("journal.db"));
    this.database = Database.open(settings, Journal.TABLES);
  }

  static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var size = new JournalSize(Path.of(arguments[0]));
    size.judgements(Integer.parseInt(arguments[1]));
    size.cards(Integer.parseInt(arguments[2]));
    size.database.close();
  }

  private static <T> T timed(String what, Supplier<T> work) {
    var began = System.nanoTime();
    var done = work.get();
    System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    return done;
  }

  private long bytes() {
    return database.reading(sql -> sql.row(row -> row.getLong("bytes"), PAGES).orElseThrow());
  }

  private void judgements(int count) {
    var empty = bytes();
    var many = new ManyJudgements("guard-1", time, count / EACH);
    many.judge(database, count, Duration.ofSeconds(30));
    System.out.printf(
        "%d judgements of %d cards: %d bytes a judgement%n",
        count, count / EACH, (bytes() - empty) / count);
    time.pass(Duration.ofDays(401));
    many.judge(database, STAY, Duration.ofSeconds(30));
    verify("verify before the fold");
    var full = bytes();
    var longest = new AtomicLong();
    var signed = new AtomicLong();
    token.beforeSign.set(() -> signed.set(System.nanoTime()));
    var folding = new Folding(database, signing, "test bank", time);
    timed(
        "fold %d judgements".formatted(count),
        () ->
            folding.fold(
                folding.plan(Duration.ofDays(400), FoldPlan.KEPT, Optional.empty()),
                _ -> longest.accumulateAndGet(System.nanoTime() - signed.get(), Math::max)));
    System.out.printf(
        "longest transaction %d ms; %d MB before, %d MB after%n",
        longest.get() / 1_000_000, full >> 20, bytes() >> 20);
    verify("verify after it");
  }

  private void cards(int count) {
    var before = bytes();
    for (var from = 0; from < count; from += TOGETHER) {
      var first = from;
      var last = Math.min(count, from + TOGETHER);
      database.change(sql -> insert(sql, "cards", "", first, last));
      database.change(sql -> insert(sql, "folded_cards", ", 0, 0", first, last));
    }
    System.out.printf("%d cards: %d bytes a card%n", count, (bytes() - before) / count);
    sign();
    timed("open the journal, and judge a card", this::judgeOnce);
    verify("verify");
  }

  private static int insert(Sql sql, String table, String more, int first, int last) {
    return sql.change(
        """
        WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d)
        INSERT INTO %s
        SELECT printf('idle-%%08d', i), 1, 20, printf('%%043d', i), 0, 2, 1700000000000, x'feff17' %s
          FROM n
        """
            .formatted(first, last, table, more));
  }

  /// Signs over what is there.
  private void sign() {
    var sums = new SetDigest();
    var cards =
        timed("add up all bases", () -> database.reading(sql -> FoldCheck.bases(sql, sums, 500)));
    database.change(
        sql -> {
          var stored = CheckpointTable.last(sql).orElseThrow();
          var last = Checkpoint.verified(stored.signed(), Folding.keys(signing)).orElseThrow();
          var next =
              new Checkpoint(
                  last.number() + 1,
                  Checkpoint.digest(stored.signed()),
                  last.before(),
                  last.rows(),
                  cards,
                  sums.value(),
                  last.chains());
          return CheckpointTable.replace(
              sql,
              new Stored(
                  next.number(),
                  sums,
                  signing.sign(
                      Use.SEAL, Checkpoint.TYPE, next.claims("test bank", time.instant()))));
        });
  }

  private boolean judgeOnce() {
    try (var journal =
        new Journal(
            Database.openExisting(settings, Journal.TABLES),
            "guard-1",
            Caps.standard(),
            time,
            Duration.ofMinutes(1))) {
      return journal.head().isPresent()
          && journal.has(journal.head().orElseThrow().hash(), 1, Long.MAX_VALUE)
          && database.reading(JournalSize::find).isPresent();
    }
  }

  private static Optional<CardRow> find(Sql sql) {
    return CardRow.find(sql, ManyJudgements.subject(7), new Generation(1))
        .filter(card -> !card.head().equals(Head.NONE));
  }

  private void verify(String what) {
    var report = timed(what, () -> JournalCheck.of(database, List.of(), Folding.keys(signing)));
    System.out.println(
        "%d rows looked at, %d things found %s"
            .formatted(report.rows(), report.found(), report.broken()));
  }
}
