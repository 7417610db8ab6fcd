package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import karuta.bundle.BundleManifest;
import karuta.bundle.CardBook;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.catalogue.Catalogue;
import karuta.database.DatabaseSettings;
import karuta.server.card.CardState;
import karuta.server.card.Method;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `karuta import` by its command line: what each end tells, and what is in the store after it.
class ImportCommandTest {
  @TempDir private Path directory;
  private final TestIssuer issuer = new TestIssuer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Installation installation;
  private Bank bank;

  @BeforeEach
  void prepare() throws Exception {
    installation =
        Installation.make(directory, TestIssuer.TOKEN, "ab".repeat(32), issuer.trust().issuer());
    bank = Bank.open(DatabaseSettings.sqlite(installation.database()), Policy.standard());
  }

  @AfterEach
  void close() {
    bank.close();
  }

  private int run(Path bundle) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("import", "--config", installation.config().toString(), bundle.toString());
  }

  private List<CardBook> ordered(String prefix, int count) {
    var books = new ArrayList<CardBook>();
    for (var i = 0; i < count; i++) {
      var subject = new Subject(prefix + "-" + i);
      bank.cards().register(Bank.OFFICE, subject, Method.NONE);
      bank.cards().order(Bank.FRONT, subject, Profile.STANDARD);
      books.add(bank.make(subject, bank.newest(subject)).book());
    }
    return books;
  }

  /// A bundle for the catalogue this program has.
  private Path bundle(TestIssuer signer, List<CardBook> books) throws Exception {
    var next = signer.manifest(books.size());
    var manifest =
        new BundleManifest(
            next.batch(),
            next.sequence(),
            next.previous(),
            next.epoch(),
            next.token(),
            Catalogue.v1().version(),
            Catalogue.v1().digest(),
            next.profile(),
            next.cards(),
            next.createdAt());
    return signer.write(directory.resolve("batch.bundle"), manifest, books);
  }

  private CardState state(String subject) {
    return bank.newest(new Subject(subject)).state();
  }

  private String oneLineOfError() {
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("karuta: ");
    return err.toString();
  }

  @Test
  void aBundleIsImportedOnceAndSaysSo() throws Exception {
    var file = bundle(issuer, ordered("a", 3));

    assertThat(run(file)).as(err::toString).isZero();
    assertThat(out.toString()).isEqualTo("batch batch-1: 3 cards imported\n");
    assertThat(state("a-2")).isEqualTo(CardState.ISSUED);

    assertThat(run(file)).isZero();
    assertThat(out.toString()).isEqualTo("batch batch-1 was imported before, nothing done\n");
  }

  @ParameterizedTest
  @CsvSource({"-2, -1", "1, 2"})
  void aBundleSignedWhileTheIssuersCertificateWasNotInForceImportsNothing(int from, int to)
      throws Exception {
    var ended =
        new TestIssuer(
            TestIssuer.CREATED.plus(from, ChronoUnit.DAYS),
            TestIssuer.CREATED.plus(to, ChronoUnit.DAYS));
    installation.trust(ended.trust().issuer());

    assertThat(run(bundle(ended, ordered("a", 1)))).isEqualTo(1);

    assertThat(oneLineOfError())
        .contains(
            "the certificate bundles.issuer-certificate (CN=test issuer) was not in force when the bundle was made, at 2026-01-05");
    assertThat(state("a-0")).isEqualTo(CardState.ORDERED);
  }

  /// What was signed in time stays signed.
  @Test
  void aBundleThatWasSignedInTimeIsImportedLater() throws Exception {
    var ended =
        new TestIssuer(
            TestIssuer.CREATED.minus(1, ChronoUnit.DAYS),
            TestIssuer.CREATED.plus(1, ChronoUnit.DAYS));
    installation.trust(ended.trust().issuer());

    assertThat(run(bundle(ended, ordered("a", 1)))).as(err::toString).isZero();
    assertThat(err.toString())
        .contains(
            "karuta: the certificate bundles.issuer-certificate (CN=test issuer) ended at 2026-01-06");
  }

  @ParameterizedTest
  @CsvSource({"29, true", "31, false"})
  void anIssuersCertificateThatEndsSoonIsTold(int days, boolean told) throws Exception {
    var end = Instant.now().plus(days, ChronoUnit.DAYS);
    var soon = new TestIssuer(TestIssuer.CREATED.minus(1, ChronoUnit.DAYS), end);
    installation.trust(soon.trust().issuer());

    assertThat(run(bundle(soon, ordered("a", 1)))).as(err::toString).isZero();

    assertThat(err.toString().contains("ends at " + end.truncatedTo(ChronoUnit.SECONDS)))
        .as(err.toString())
        .isEqualTo(told);
    assertThat(err.toString().contains("get a new one in time")).isEqualTo(told);
  }

  @Test
  void anEndedOrderIsLeftOutAndTold() throws Exception {
    var file = bundle(issuer, ordered("a", 3));
    var first = bank.newest(new Subject("a-0"));
    bank.cards().retire(Bank.OFFICE, new Subject("a-0"), first.generation(), "changed his mind");

    assertThat(run(file)).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            batch batch-1: 2 cards imported
            1 card left out, having ended after the order
            """);
  }

  @Test
  void aBundleThatIsNotThereIsNamed() {
    assertThat(run(directory.resolve("absent.bundle"))).isEqualTo(2);
    assertThat(oneLineOfError()).contains("the bundle cannot be read: ").contains("absent.bundle");
  }

  @Test
  void aDamagedBundleImportsNothing() throws Exception {
    var file = bundle(issuer, ordered("a", 3));
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThat(run(file)).isEqualTo(5);

    assertThat(oneLineOfError()).contains("fetch it anew from the issuer");
    assertThat(state("a-0")).isEqualTo(CardState.ORDERED);
  }

  @Test
  void aBundleOfAnIssuerThatIsNotPinnedImportsNothing() throws Exception {
    var books = ordered("a", 1);
    assertThat(run(bundle(new TestIssuer(), books))).isEqualTo(5);
    assertThat(oneLineOfError()).contains("is not signed by the pinned issuer");

    installation.trust(new TestIssuer().trust().issuer());
    assertThat(run(bundle(issuer, books))).isEqualTo(5);
    assertThat(oneLineOfError()).contains("is not signed by the pinned issuer");
    assertThat(state("a-0")).isEqualTo(CardState.ORDERED);
  }

  @Test
  void aCardNobodyOrderedIsNamedAndStopsTheBundle() throws Exception {
    var books = ordered("a", 1);
    var order = bank.newest(new Subject("a-0"));
    books.add(bank.make(new Subject("nobody"), order).book());

    assertThat(run(bundle(issuer, books))).isEqualTo(1);

    assertThat(oneLineOfError()).contains("card 1 of nobody was never ordered here");
    assertThat(state("a-0")).isEqualTo(CardState.ORDERED);
  }

  @Test
  void anInterruptedImportGoesOnWithTheSameCommand() throws Exception {
    var file = bundle(issuer, ordered("a", 250));
    execute(
        "CREATE TRIGGER full BEFORE UPDATE ON bundles WHEN NEW.done > 200"
            + " BEGIN SELECT RAISE(ABORT, 'disk full'); END");

    assertThat(run(file)).isEqualTo(4);
    assertThat(err.toString()).contains("imported 200 cards").contains("give the command again");
    assertThat(state("a-199")).isEqualTo(CardState.ISSUED);
    assertThat(state("a-200")).isEqualTo(CardState.ORDERED);
    execute("DROP TRIGGER full");

    assertThat(run(file)).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            batch batch-1: 50 cards imported
            200 cards had been imported before the interruption
            """);
    assertThat(state("a-249")).isEqualTo(CardState.ISSUED);
  }

  @Test
  void aDamagedDatabaseIsNoInterruption() throws Exception {
    var file = bundle(issuer, ordered("a", 1));
    var nonsense = directory.resolve("nonsense.db");
    Files.writeString(nonsense, "this is no database\n".repeat(500), StandardCharsets.UTF_8);
    installation.change("[receipts]", "[store]\nfile = \"nonsense.db\"\n[receipts]");

    assertThat(run(file)).isEqualTo(2);

    assertThat(oneLineOfError()).contains("the store cannot be used").contains("not a database");
    assertThat(Files.readString(nonsense)).startsWith("this is no database");
  }

  @Test
  void aStoreThatIsNotThereYetIsWorthAnotherTry() throws Exception {
    var file = bundle(issuer, ordered("a", 1));
    var password = Files.writeString(directory.resolve("password"), "none");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    // nobody listens on port 1 of this machine
    installation.change(
        "[receipts]",
        """
        [store]
        url = "jdbc:postgresql://127.0.0.1:1/karuta"
        user = "karuta_server"
        password-file = "password"
        [receipts]
        """);

    assertThat(run(file)).isEqualTo(4);

    assertThat(oneLineOfError()).contains("the store is not to be had now: the database at");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + installation.database());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
