package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.testing.FakeAnswerToken;
import karuta.server.token.TokenUnavailable;
import karuta.server.watch.Observer.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// While the token is lost an answer is refused before it holds anything, and costs nobody an attempt.
@ParameterizedClass
@EnumSource
class LostTokenTest {
  private final TestDatabase database;
  private final Bank bank;
  private final Subject one;
  private final Subject two;

  LostTokenTest(TestDatabase database) {
    this.database = database;
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
    one = bank.withActiveCard("customer-1");
    two = bank.withActiveCard("customer-2");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void anAnswerIsRefusedAtOnceAndPassesWhenTheTokenIsBack() {
    var challenge = bank.transfer(one, "t-1");
    var key = bank.key();
    var right = bank.printed(one).answer(challenge);
    var asked = bank.token.verified.get();
    bank.token.up.set(false);

    assertThatThrownBy(() -> bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(TokenUnavailable.class);

    assertThat(bank.token.verified).hasValue(asked);
    assertThat(bank.seen).contains(Event.TOKEN_FAULT);
    assertThat(bank.card(one, 1).wrongAnswers()).isZero();
    bank.token.check();
    assertThat(bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(Passed.class);
  }

  @Test
  void aVerdictThatIsOnDiskIsRepeatedWithoutTheToken() {
    var challenge = bank.transfer(one, "t-1");
    var key = bank.key();
    var right = bank.printed(one).answer(challenge);
    var first = bank.challenges().answer(Bank.FRONT, challenge.id(), key, right);
    bank.token.up.set(false);

    assertThat(bank.challenges().answer(Bank.FRONT, challenge.id(), key, right)).isEqualTo(first);
  }

  @Test
  void whileOneAnswerHangsInTheTokenTheNextIsRefusedWithoutWaitingForIt() throws Exception {
    var first = bank.transfer(one, "t-1");
    var second = bank.transfer(two, "t-1");
    var inToken = new Semaphore(0);
    var mayFail = new Semaphore(0);
    bank.token.beforeVerify.set(
        () -> {
          inToken.release();
          mayFail.acquireUninterruptibly();
          FakeAnswerToken.FAULT.run();
        });
    var held = answering(one, first);
    inToken.acquire();

    bank.token.up.set(false);

    var right = bank.printed(two).answer(second);
    assertThatThrownBy(() -> bank.answer(second, right)).isInstanceOf(TokenUnavailable.class);
    assertThat(held).isNotDone();
    mayFail.release(10);
    assertThatThrownBy(() -> held.get()).hasCauseInstanceOf(TokenUnavailable.class);
  }

  @Test
  void anAnswerThatWaitedInLineWhileTheTokenWentNeverReachesIt() throws Exception {
    var first = bank.transfer(one, "t-1");
    var second = bank.transfer(two, "t-1");
    var inToken = new Semaphore(0);
    var mayFail = new Semaphore(0);
    var asked = bank.token.verified.get();
    bank.token.beforeVerify.set(
        () -> {
          inToken.release();
          mayFail.acquireUninterruptibly();
          FakeAnswerToken.FAULT.run();
        });
    var held = answering(one, first);
    inToken.acquire();
    bank.token.asked.drainPermits();
    var waiting = answering(two, second);
    bank.token.asked.acquire();
    if (database == TestDatabase.POSTGRESQL) {
      // no line to wait in: it is in the token as well
      inToken.acquire();
    }

    bank.token.up.set(false);
    mayFail.release(10);

    for (var answer : List.of(held, waiting)) {
      assertThatThrownBy(() -> answer.get()).hasCauseInstanceOf(TokenUnavailable.class);
    }
    assertThat(bank.token.verified).hasValue(asked + (database == TestDatabase.POSTGRESQL ? 2 : 1));
    assertThat(bank.card(one, 1).wrongAnswers()).isZero();
    assertThat(bank.card(two, 1).wrongAnswers()).isZero();
  }

  private CompletableFuture<Outcome> answering(Subject subject, ChallengeView challenge) {
    var answer = new CompletableFuture<Outcome>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                answer.complete(bank.answer(challenge, bank.printed(subject).answer(challenge)));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }
}
