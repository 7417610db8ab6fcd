package karuta.server.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.bundle.BundleManifest;
import karuta.bundle.CardBook;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.server.Core;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import karuta.server.book.BundleRefused.Reason;
import karuta.server.card.CardState;
import karuta.server.card.Method;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.testing.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class BundleImportTest {
  private final Bank bank;
  private final TestIssuer issuer = new TestIssuer();
  private final BundleImport bundles;

  @TempDir private Path directory;

  BundleImportTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
    bundles = Core.bundles(bank.store, issuer.trust(), bank.time);
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void aBundleIssuesTheOrderedCardsAndTheyCanBeSwitchedOn() throws Exception {
    var file = issuer.issue(directory, ordered("a", 3));

    var result = bundles.run(file, done -> {});

    assertThat(result.imported()).isEqualTo(3);
    assertThat(result.leftOut()).isZero();
    assertThat(bank.cards().orders(10, "").items()).isEmpty();
    var customer = new Subject("a-0");
    assertThat(bank.newest(customer).state()).isEqualTo(CardState.ISSUED);
    bank.cards().mail(Bank.OFFICE, customer, new Generation(1), "RR1", Optional.empty());
    bank.switchOn(customer);
  }

  @Test
  void aFinishedBundleAgainSaysSoAndDoesNothing() throws Exception {
    var file = issuer.issue(directory, ordered("a", 3));
    bundles.run(file, done -> {});

    var again = bundles.run(file, done -> {});

    assertThat(again.alreadyDone()).isTrue();
    assertThat(again.imported()).isZero();
  }

  @Test
  void anInterruptedImportGoesOnWhereItStopped() throws Exception {
    var file = issuer.issue(directory, ordered("a", 450));
    assertThatThrownBy(
            () ->
                bundles.run(
                    file,
                    done -> {
                      throw new IllegalStateException("killed at " + done);
                    }))
        .hasMessage("killed at 200");
    assertThat(bank.newest(new Subject("a-199")).state()).isEqualTo(CardState.ISSUED);
    assertThat(bank.newest(new Subject("a-200")).state()).isEqualTo(CardState.ORDERED);
    var next = issuer.issue(directory, ordered("b", 1));
    refused(Reason.POLICY, next);

    var result = bundles.run(file, done -> {});

    assertThat(result.resumedAt()).isEqualTo(200);
    assertThat(result.imported()).isEqualTo(250);
    assertThat(bank.newest(new Subject("a-449")).state()).isEqualTo(CardState.ISSUED);
    assertThat(bundles.run(next, done -> {}).imported()).isEqualTo(1);
  }

  @Test
  void ofTwoImportsAtOnceEachCardIsImportedByOne() throws Exception {
    var file = issuer.issue(directory, ordered("a", 450));
    var others = new ArrayList<ImportResult>();

    assertThatThrownBy(
            () ->
                bundles.run(
                    file,
                    done -> {
                      if (others.isEmpty()) {
                        others.add(again(file));
                      }
                    }))
        .isInstanceOf(BundleRefused.class)
        .hasMessageContaining("another import of this bundle is at work");

    assertThat(others.getFirst().resumedAt()).isEqualTo(200);
    assertThat(others.getFirst().imported()).isEqualTo(250);
    assertThat(bank.cards().audit(new Subject("a-300"), 10, "").items())
        .filteredOn(entry -> entry.event() != AuditEvent.CARD_ISSUED)
        .hasSize(2);
    assertThat(bundles.run(file, done -> {}).alreadyDone()).isTrue();
  }

  private ImportResult again(Path file) {
    try {
      return bundles.run(file, done -> {});
    } catch (BundleRefused | IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBundleDamagedAnywhereImportsNothing() throws Exception {
    var sound = Files.readAllBytes(issuer.issue(directory, ordered("a", 3)));
    for (var i = 200; i < 1000; i += 100) {
      var damaged = sound.clone();
      damaged[i] ^= 1;
      refused(Reason.INTEGRITY, Files.write(directory.resolve("damaged-" + i), damaged));
    }
    for (var length : List.of(0, 1, 100, sound.length / 2, sound.length - 1)) {
      var cut = java.util.Arrays.copyOf(sound, length);
      refused(Reason.INTEGRITY, Files.write(directory.resolve("cut-" + length), cut));
    }
    var longer = java.util.Arrays.copyOf(sound, sound.length + 1);
    refused(Reason.INTEGRITY, Files.write(directory.resolve("longer"), longer));

    assertThat(bank.cards().orders(10, "").items()).hasSize(3);
  }

  @Test
  void anotherIssuersSignatureImportsNothing() throws Exception {
    refused(Reason.INTEGRITY, new TestIssuer().issue(directory, ordered("a", 1)));
    refused(
        Reason.INTEGRITY,
        issuer.sign(
            directory.resolve("nonsense"), "not a bundle\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(bank.cards().orders(10, "").items()).hasSize(1);
  }

  @Test
  void bundlesComeInTheirSequenceEachNamingTheOneBefore() throws Exception {
    var first = issuer.issue(directory, ordered("a", 1));
    var second = issuer.issue(directory, ordered("b", 1));
    refused(Reason.POLICY, second);
    bundles.run(first, done -> {});
    var books = ordered("c", 1);
    var manifest = issuer.manifest(1);
    refused(Reason.POLICY, issuer.write(directory.resolve("gap"), manifest, books));
    refused(
        Reason.POLICY,
        issuer.write(directory.resolve("other-past"), at(manifest, 2, "f".repeat(64)), books));
    refused(Reason.POLICY, issuer.write(directory.resolve("again"), at(manifest, 1, ""), books));

    assertThat(bundles.run(second, done -> {}).imported()).isEqualTo(1);
  }

  @Test
  void whatIsForAnotherTokenEpochOrCatalogueIsRefused() throws Exception {
    var books = ordered("a", 1);
    var ours = issuer.manifest(1);
    for (var manifest :
        List.of(
            with(ours, ours.epoch(), "fedcba9876543210", ours.catalogueDigest()),
            with(ours, new EpochId("e2"), ours.token(), ours.catalogueDigest()),
            with(ours, ours.epoch(), ours.token(), "d".repeat(64)))) {
      refused(Reason.POLICY, issuer.write(directory.resolve("other"), manifest, books));
    }
  }

  @Test
  void aCardNobodyOrderedStopsTheWholeBundle() throws Exception {
    var books = new ArrayList<>(ordered("a", 2));
    bank.cards().register(Bank.OFFICE, new Subject("b-0"), Method.NONE);
    bank.cards().order(Bank.FRONT, new Subject("b-0"), Profile.NIST_800_63B);
    var stranger = ordered("c", 1).getFirst();
    books.add(
        new CardBook(
            new Subject("b-0"),
            stranger.card(),
            stranger.profile(),
            stranger.seed(),
            stranger.draws()));

    refused(Reason.POLICY, issuer.issue(directory, books));

    assertThat(bank.newest(new Subject("a-0")).state()).isEqualTo(CardState.ORDERED);
  }

  @Test
  void twoBooksForOneCardStopTheWholeBundle() throws Exception {
    var books = new ArrayList<>(ordered("a", 2));
    books.add(books.getFirst());

    refused(Reason.INTEGRITY, issuer.issue(directory, books));

    assertThat(bank.newest(new Subject("a-1")).state()).isEqualTo(CardState.ORDERED);
  }

  @Test
  void twoCardsWithOneNumberAreBothImported() throws Exception {
    var number = Serial.ofRandomDigits("0000000017");
    bank.nextSerials.add(number);
    bundles.run(issuer.issue(directory, ordered("a", 1)), done -> {});
    bank.nextSerials.addAll(List.of(number, number));

    var result = bundles.run(issuer.issue(directory, ordered("b", 2)), done -> {});

    assertThat(result.imported()).isEqualTo(2);
    assertThat(bank.cards().find(number))
        .extracting(found -> found.subject().value())
        .containsExactly("a-0", "b-0", "b-1");
  }

  @Test
  void anOrderEndedInTheMeantimeIsLeftOutAndStopsNobodyElse() throws Exception {
    var file = issuer.issue(directory, ordered("a", 3));
    bank.cards()
        .retire(Bank.OFFICE, new Subject("a-1"), new Generation(1), "customer changed his mind");

    var result = bundles.run(file, done -> {});

    assertThat(result.imported()).isEqualTo(2);
    assertThat(result.leftOut()).isEqualTo(1);
    assertThat(bank.newest(new Subject("a-1")).state()).isEqualTo(CardState.RETIRED);
    assertThat(bank.newest(new Subject("a-1")).serial()).isEmpty();
    assertThat(bank.cards().audit(new Subject("a-1"), 1, "").items())
        .extracting(AuditEntry::event)
        .containsExactly(AuditEvent.BOOK_LEFT_OUT);
    assertThat(bank.newest(new Subject("a-2")).state()).isEqualTo(CardState.ISSUED);
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

  private void refused(Reason reason, Path file) {
    assertThatThrownBy(() -> bundles.run(file, done -> {}))
        .isInstanceOfSatisfying(
            BundleRefused.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private static BundleManifest at(BundleManifest manifest, long sequence, String previous) {
    return new BundleManifest(
        manifest.batch(),
        sequence,
        previous,
        manifest.epoch(),
        manifest.token(),
        manifest.catalogue(),
        manifest.catalogueDigest(),
        manifest.profile(),
        manifest.cards(),
        manifest.createdAt());
  }

  private static BundleManifest with(
      BundleManifest manifest, EpochId epoch, String token, String catalogueDigest) {
    return new BundleManifest(
        manifest.batch(),
        manifest.sequence(),
        manifest.previous(),
        epoch,
        token,
        manifest.catalogue(),
        catalogueDigest,
        manifest.profile(),
        manifest.cards(),
        manifest.createdAt());
  }
}
