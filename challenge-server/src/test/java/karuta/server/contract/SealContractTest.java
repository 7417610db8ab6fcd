package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.sign.Signing;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.token.JudgeToken.Use;
import karuta.server.challenge.Policy;
import karuta.server.seal.SealCheck;
import karuta.server.seal.SealCheck.Known;
import karuta.server.seal.SealCheck.Report;
import karuta.server.seal.Seals;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class SealContractTest {
  private static final Duration WHILE = Duration.ofMinutes(6);

  private final DatabaseSettings settings;
  private final Bank bank;

  SealContractTest(TestDatabase database) {
    settings = database.fresh(Store.TABLES);
    bank = Bank.open(settings, Policy.standard());
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void everyRowComesUnderOneSealOnceItIsOldEnough() throws Exception {
    assertThat(check()).isEqualTo(new Report(0, "", 0, 0, List.of()));
    bank.withActiveCard("customer-1");
    assertThat(seal()).as("rows of this moment").isEmpty();

    bank.pass(WHILE);
    var first = seal().orElseThrow();
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.rows()).isEqualTo(rows());
    assertThat(seal()).as("nothing new").isEmpty();

    bank.withActiveCard("customer-2");
    assertThat(check().open()).isEqualTo(rows() - first.rows());
    bank.pass(WHILE);
    var second = seal().orElseThrow();
    assertThat(second.number()).isEqualTo(2);
    assertThat(check(known(first), known(second)))
        .isEqualTo(new Report(2, second.digest(), rows(), 0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET at = at + 1 WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "UPDATE audit SET subject = 'customer-9' WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "UPDATE audit SET generation = 2 WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "UPDATE audit SET actor = 'front' WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "UPDATE audit SET event = 'card-returned' WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "UPDATE audit SET challenge_id = 'x' WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "UPDATE audit SET draw = draw + 1 WHERE event = 'answer-right' AND subject = 'customer-1'",
        "UPDATE audit SET detail = '-' WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "DELETE FROM audit WHERE event = 'card-mailed' AND subject = 'customer-1'",
        "INSERT INTO audit SELECT id || '0', at, subject, generation, actor, event, challenge_id, draw, detail"
            + " FROM audit WHERE event = 'card-mailed' AND subject = 'customer-1'",
      })
  void aChangedARemovedAndAnAddedRowAreFound(String change) throws Exception {
    twoSeals();
    tamper(change);

    var report = check();
    assertThat(report.broken()).singleElement().asString().startsWith("seal 1: the rows under it");
    assertThat(report.rows()).as("the second seal holds").isPositive();
  }

  @Test
  void aRemovedSealAndAnotherKeysSealAreFound() throws Exception {
    twoSeals();
    var others = JWKSet.parse(others());
    assertThat(new SealCheck(bank.store, others, bank.time.instant()).run(List.of()).broken())
        .containsExactly(
            "seal 1: it is signed by a key that is not among those given",
            "seal 2: it is signed by a key that is not among those given");

    tamper("DELETE FROM audit_seals WHERE number = 1");
    assertThat(check().broken())
        .containsExactly(
            "seal 1: it is missing; the next has number 2",
            "seal 2: it does not follow the seal before");

    tamper("UPDATE audit_seals SET number = 1");
    assertThat(check().broken()).containsExactly("seal 1: it does not follow the seal before");

    tamper("UPDATE audit_seals SET seal = substr(seal, 1, length(seal) - 10) || 'AAAAAAAAAA'");
    assertThat(check().broken()).containsExactly("seal 1: its signature is wrong");

    tamper("UPDATE audit_seals SET seal = 'nonsense'");
    assertThat(check().broken()).containsExactly("seal 1: it is not a seal");
  }

  @Test
  void anEndThatWasCutOffIsFoundByWhoeverKnewIt() throws Exception {
    twoSeals();
    var whole = check();
    var known = new Known(whole.last(), whole.digest());
    tamper("DELETE FROM audit_seals WHERE number = 2");
    assertThat(check().last()).isEqualTo(1);
    assertThat(check(known).broken())
        .containsExactly("seal 2: it is missing; the last there is has number 1");

    bank.pass(WHILE);
    assertThat(seal()).isPresent();
    assertThat(check(known).broken()).containsExactly("seal 2: it is not the one that was known");
  }

  @Test
  void rowsThatShouldBeUnderASealByNowAreFound() throws Exception {
    bank.withActiveCard("customer-1");
    bank.pass(Seals.EVERY.plus(Duration.ofMinutes(5)));
    assertThat(check().broken()).as("they may wait for the next seal").isEmpty();

    bank.pass(WHILE);

    assertThat(check().broken())
        .hasSize(rows())
        .allSatisfy(line -> assertThat(line).contains("older than 20 minutes and under no seal"));
    assertThat(seal()).isPresent();
    assertThat(check().broken()).isEmpty();
  }

  /// Such a row is under no seal, and would never be.
  @ParameterizedTest
  @ValueSource(strings = {"zzz", "Z", "ffffffffffff", "g19b8d8e1d880000000012345678", "", "\u3042"})
  void aRowWithAnIdThatNoServerMakesIsFound(String id) throws Exception {
    twoSeals();
    add(id, bank.time.instant());

    assertThat(check().broken())
        .anySatisfy(line -> assertThat(line).containsAnyOf("none that a server makes", "seal 1"));
  }

  @Test
  void aRowWhoseIdDoesNotAgreeWithItsTimeIsFound() throws Exception {
    twoSeals();
    var now = bank.time.instant();
    add(id(now), now.minus(Duration.ofMinutes(6)));
    add(id(now.plusMillis(1)), now.plusSeconds(1));

    assertThat(check().broken())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("does not agree"));
  }

  @Test
  void aRowFromTheFutureIsFoundAndNotOnlyWhenItsTimeHasCome() throws Exception {
    twoSeals();
    var later = bank.time.instant().plusSeconds(11);
    add(id(later), later);

    assertThat(check().broken())
        .singleElement()
        .asString()
        .endsWith("of 2026-01-05T09:12:11Z: it is from the future");
  }

  private static String id(Instant at) {
    return HexFormat.of().toHexDigits(at.toEpochMilli(), 12) + "0000000012345678";
  }

  private void add(String id, Instant at) throws SQLException {
    tamper(
        """
        INSERT INTO audit (id, at, subject, generation, actor, event, challenge_id, draw, detail)
        VALUES ('%s', %d, 'customer-1', 1, 'office', 'card-unlocked', '', 0, '')
        """
            .formatted(id, at.toEpochMilli()));
  }

  @Test
  void ofTwoServersOneSealsAndTheOtherDoesNothing() throws Exception {
    bank.withActiveCard("customer-1");
    bank.pass(WHILE);
    var beside =
        new Object() {
          Optional<Seals.Added> added = Optional.empty();
        };
    bank.token.beforeSign.set(
        () -> {
          bank.token.beforeSign.set(() -> {});
          beside.added = seal();
        });

    assertThat(seal()).isEmpty();

    assertThat(beside.added).isPresent();
    assertThat(check().rows()).isEqualTo(rows());
  }

  @Test
  void withoutTheTokenNothingIsSealedAndNothingIsLost() throws Exception {
    bank.withActiveCard("customer-1");
    bank.pass(WHILE);
    bank.token.beforeSign.set(FakeJudgeToken.FAULT);
    assertThatThrownBy(this::seal).isInstanceOf(GuardUnavailable.class);

    bank.token.beforeSign.set(() -> {});
    assertThat(seal()).isPresent();
    assertThat(check().rows()).isEqualTo(rows());
  }

  private void twoSeals() {
    for (var name : List.of("customer-1", "customer-2")) {
      bank.withActiveCard(name);
      bank.pass(WHILE);
      assertThat(seal()).isPresent();
    }
  }

  private Optional<Seals.Added> seal() {
    return bank.core.seals().sealNext();
  }

  private Report check(Known... known) throws ParseException {
    return new SealCheck(
            bank.store, JWKSet.parse(bank.guard.look(List.of()).sealKeys()), bank.time.instant())
        .run(List.of(known));
  }

  private static Known known(Seals.Added added) {
    return new Known(added.number(), added.digest());
  }

  /// The keys of a guard with another token.
  private static String others() {
    var token = new FakeJudgeToken(new byte[32]);
    return new Signing(token, "another", Duration.ofMinutes(1)).keys(Use.SEAL);
  }

  private int rows() {
    return bank.store.read(tx -> tx.audit().between("", "z", 1_000)).size();
  }

  private void tamper(String change) throws SQLException {
    try (var connection = DriverManager.getConnection(settings.url(), settings.user(), "postgres");
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(change)).isPositive();
    }
  }
}
