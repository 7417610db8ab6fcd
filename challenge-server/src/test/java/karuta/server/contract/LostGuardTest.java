package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.testing.FakeJudgeToken;
import karuta.server.card.CardState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.watch.Observer.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// While the guard's token is lost an answer is refused, and costs nobody an attempt; nothing else waits for it.
@ParameterizedClass
@EnumSource
class LostGuardTest {
  private final Bank bank;
  private final Subject one;
  private final Subject two;

  LostGuardTest(TestDatabase database) {
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
        .isInstanceOf(GuardUnavailable.class);

    assertThat(bank.token.verified).hasValue(asked);
    assertThat(bank.seen).contains(Event.GUARD_FAULT);
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
          FakeJudgeToken.FAULT.run();
        });
    var held = answering(one, first);
    inToken.acquire();

    bank.token.up.set(false);

    var right = bank.printed(two).answer(second);
    assertThatThrownBy(() -> bank.answer(second, right)).isInstanceOf(GuardUnavailable.class);
    assertThat(held).isNotDone();
    mayFail.release(10);
    assertThatThrownBy(() -> held.get()).hasCauseInstanceOf(GuardUnavailable.class);
  }

  @Test
  void whileAnswersHangInTheTokenEverythingElseGoesOn() throws Exception {
    var inToken = new Semaphore(0);
    var mayFail = new Semaphore(0);
    bank.token.beforeVerify.set(
        () -> {
          inToken.release();
          mayFail.acquireUninterruptibly();
          FakeJudgeToken.FAULT.run();
        });
    var held = answering(one, bank.transfer(one, "t-1"));
    inToken.acquire();

    bank.cards().suspend(Bank.OFFICE, one, Optional.empty(), "stolen");
    bank.cards().order(Bank.FRONT, two, Profile.STANDARD);
    bank.transfer(two, "t-1");

    assertThat(held).isNotDone();
    assertThat(bank.card(one, 1).state()).isEqualTo(CardState.SUSPENDED);
    mayFail.release(10);
    assertThatThrownBy(() -> held.get()).hasCauseInstanceOf(GuardUnavailable.class);
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
