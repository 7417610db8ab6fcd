package karuta.guard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Reply;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.client.SealFields;
import karuta.guard.client.SocketGuard;
import karuta.guard.journal.Caps;
import karuta.guard.sign.Signing;
import karuta.guard.socket.GuardSocket;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a compromised challenge server gets out of a guard with the default caps: it has the whole database, sends what
/// it likes, forgets what it likes. The figures of `docs/threat-model.md` are printed here. Garbage, floods and
/// half-open messages are in `GuardSocketTest`.
class HostileServerTest {
  private static final int PICTURES = 64;
  private static final Caps CAPS = Caps.standard();
  private static final Duration LONG = Duration.ofMinutes(5);

  private final TestGuards guards = new TestGuards(TestDatabase.SQLITE, CAPS);
  private final TestCard card = new TestCard("victim");
  private GuardSocket socket;
  private SocketGuard guard;

  @BeforeEach
  void listen(@TempDir Path directory) throws Exception {
    var run = Files.createDirectory(directory.resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    var path = run.resolve("guard.sock");
    socket =
        GuardSocket.listen(new GuardSocket.Settings(path, Set.of(), 4), guards.open("guard-1"));
    guard = new SocketGuard(new SocketGuard.Settings(path, 2, LONG), System::nanoTime);
  }

  @AfterEach
  void close() {
    guard.close();
    socket.close();
    guards.close();
  }

  /// Every answer to one draw, each as a challenge of its own, until the guard judges no more.
  private int enumerate(TestCard one, int draw) {
    var judged = 0;
    for (var first = 0; first < PICTURES; first++) {
      for (var second = 0; second < PICTURES; second++) {
        var reply = guard.judge(one.guess(draw, 400 + first, 400 + second));
        if (reply instanceof Refused refused) {
          assertThat(refused.reason()).isIn(Reason.CARD_CAPPED, Reason.BANK_CAPPED);
          return judged;
        }
        judged++;
      }
    }
    return judged;
  }

  @Test
  void enumeratingADrawEndsAtTheCap() {
    var judged = enumerate(card, 1);

    assertThat(judged).isEqualTo(CAPS.sincePass());
    assertThat(enumerate(card, 2)).as("nor by another draw").isZero();
    System.out.printf(
        "enumerating one card: %d guesses judged of %d, right with %.2f %%%n",
        judged, PICTURES * PICTURES, 100.0 * judged / (PICTURES * PICTURES));
  }

  @Test
  void guessingBetweenACustomersOwnPassesEndsAtTheLifesCap() {
    var judged = 0;
    for (var draw = 1; ; draw++) {
      var before = judged;
      for (var i = 0; i < CAPS.sincePass() - 1; i++) {
        if (guard.judge(card.wrong(draw)) instanceof Judged) {
          judged++;
        }
      }
      if (judged < before + CAPS.sincePass() - 1
          || guard.judge(card.right(draw)) instanceof Refused) {
        break;
      }
    }

    assertThat(judged).isEqualTo(CAPS.inLife());
    System.out.printf(
        "guessing in a card's whole life: %d guesses judged, right with %.1f %%%n",
        judged, 100.0 * judged / (PICTURES * PICTURES));
  }

  @Test
  void guessingOnEveryCardEndsAtOneGuessForEach() {
    var cards = IntStream.range(0, 600).mapToObj(i -> new TestCard("customer-" + i)).toList();
    var judged = 0;
    for (var round = 0; round < 3; round++) {
      for (var one : cards) {
        judged += guard.judge(one.wrong(1)) instanceof Judged ? 1 : 0;
      }
    }

    assertThat(judged).isEqualTo(cards.size());
    assertThat(guards.failures(cards.getLast())).isEqualTo(1);
    System.out.printf(
        "guessing on every card: %d guesses on %d cards until officers look, %.2f right ones for a million cards%n",
        judged, cards.size(), 1e6 / (PICTURES * PICTURES));
  }

  @Test
  void anAnswerOfACustomerIsWorthOneReceipt() throws Exception {
    var answered = card.right(1);
    var stolen = card.stating(card.right(1), "PROFILE_CHANGE");

    var receipts = new HashSet<String>();
    for (var attempt : List.of(stolen, answered, stolen, answered)) {
      if (guard.judge(attempt) instanceof Judged judged) {
        judged.receipt().ifPresent(receipt -> receipts.add(claims(receipt)));
      }
    }

    assertThat(receipts).hasSize(1);
    assertThat(receipts).singleElement().asString().contains("PROFILE_CHANGE");
  }

  private static String claims(String receipt) {
    try {
      return SignedJWT.parse(receipt).getJWTClaimsSet().toString();
    } catch (java.text.ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutAnAnswerThereIsNoReceipt() {
    var question = card.right(1);
    for (var forged :
        List.of(
            card.wrong(1),
            card.withTagOf(question, 2),
            card.claimedBy("somebody-else", card.right(1)),
            card.guess(1, 0, 0))) {
      assertThat(receipt(guard.judge(forged))).as(forged.toString()).isFalse();
    }
    assertThat(guard.recall(card.recall(question)))
        .isInstanceOfSatisfying(Judged.class, judged -> assertThat(judged.receipt()).isEmpty());
  }

  private static boolean receipt(Reply reply) {
    return reply instanceof Judged judged && judged.receipt().isPresent();
  }

  @Test
  void forgettingWhatWasJudgedTakesNothingBack() {
    for (var i = 0; i < CAPS.sincePass(); i++) {
      guard.judge(card.showing(card.wrong(1), Head.NONE));
    }

    assertThat(((Refused) guard.judge(card.showing(card.right(1), Head.NONE))).reason())
        .isEqualTo(Reason.CARD_CAPPED);
  }

  @Test
  void closingAChallengeBeforeItsAnswerCountsNothingAndTellsNothing() {
    var question = card.right(1);
    guard.recall(card.recall(question));

    assertThat(((Judged) guard.judge(question)).judgement().verdict())
        .isEqualTo(Verdict.UNANSWERED);
    assertThat(guards.token.verified).hasValue(0);
  }

  @Test
  void aSealIsNoReceipt() throws Exception {
    var seal =
        SignedJWT.parse(guard.seal(new SealFields(1, "", "0123456789abcdef", 1, TestCard.DIGEST)));

    assertThat(seal.getHeader().getType()).hasToString(Signing.SEAL);
    var standing = guard.look(List.of());
    assertThat(keys(standing.receiptKeys())).doesNotContainAnyElementsOf(keys(standing.sealKeys()));
    assertThat(seal.getJWTClaimsSet().getClaims())
        .doesNotContainKeys("sub", "jti", "aud", "purpose", "txn_digest");
  }

  private static List<String> keys(String jwks) throws java.text.ParseException {
    return JWKSet.parse(jwks).getKeys().stream().map(key -> key.getKeyID()).toList();
  }
}
