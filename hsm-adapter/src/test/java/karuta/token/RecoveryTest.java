package karuta.token;

import static karuta.cryptoki.CkFunction.C_CloseSession;
import static karuta.cryptoki.CkFunction.C_GenerateKey;
import static karuta.cryptoki.CkFunction.C_GetSessionInfo;
import static karuta.cryptoki.CkFunction.C_GetTokenInfo;
import static karuta.cryptoki.CkFunction.C_Initialize;
import static karuta.cryptoki.CkFunction.C_Login;
import static karuta.cryptoki.CkFunction.C_OpenSession;
import static karuta.cryptoki.CkFunction.C_Sign;
import static karuta.cryptoki.CkFunction.C_SignInit;
import static karuta.cryptoki.CkFunction.C_Verify;
import static karuta.cryptoki.CkFunction.C_VerifyInit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import karuta.token.testing.FakeBench;
import karuta.token.testing.Faults;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ladder, rung by rung, on a token that fails on demand.
class RecoveryTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final TokenSettings SETTINGS =
      new TokenSettings(3, Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(8));

  private final ManualClock clock = new ManualClock();
  private FakeBench bench;
  private Faults faults;
  private TokenPair pair;
  private byte[] tag;

  @BeforeEach
  void agree() {
    bench = new FakeBench();
    faults = bench.faults();
    pair = TokenPair.on(bench, SETTINGS, clock);
    pair.agree(EPOCH);
    tag = PlainInput.tag(pair.issuer(), EPOCH, new byte[4]);
  }

  @AfterEach
  void close() {
    faults.mend();
    clock.advance(Duration.ofMinutes(1));
    pair.close();
  }

  private Verdict verify() {
    return PlainInput.verify(pair.verifier(), EPOCH, new byte[4], tag);
  }

  private Health health() {
    return pair.verifier().token().health();
  }

  private void lost() {
    assertThatExceptionOfType(TokenUnavailable.class).isThrownBy(this::verify);
  }

  @ParameterizedTest
  @EnumSource(Ckr.class)
  void noCodeButThreeIsAVerdict(Ckr code) {
    faults.failAlways(C_Verify, code);
    switch (code) {
      case CKR_SIGNATURE_INVALID, CKR_SIGNATURE_LEN_RANGE ->
          assertThat(verify()).isEqualTo(Verdict.WRONG);
      default -> assertThatExceptionOfType(TokenException.class).isThrownBy(this::verify);
    }
  }

  /// The token's own limit is no loss: what is well is not taken apart, and nothing is tried twice.
  @ParameterizedTest
  @EnumSource(names = {"C_VerifyInit", "C_Verify"})
  void aKeyAtItsLimitIsNeitherLostNorLookedFor(CkFunction at) {
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    var before = health();
    var logins = faults.calls(C_Login);
    var asked = faults.calls(at);
    faults.failAlways(at, Ckr.CKR_KEY_NOT_ACTIVE);
    for (var time = 1; time <= 5; time++) {
      assertThatExceptionOfType(KeyLimitReached.class)
          .isThrownBy(this::verify)
          .withMessage("the token's own limit on the uses of the key book-e1 is reached")
          .withStackTraceContaining("%s: CKR_KEY_NOT_ACTIVE (0x80000136)".formatted(at));
      assertThat(faults.calls(at)).isEqualTo(asked + time);
    }
    assertThat(health()).isEqualTo(before);
    assertThat(health().state()).isEqualTo(Health.State.UP);
    assertThat(faults.calls(C_Initialize)).isOne();
    assertThat(faults.calls(C_Login)).isEqualTo(logins);
    faults.mend();
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    assertThat(health().recoveries()).isZero();
  }

  /// After a loss of another kind the token is tested anew, and its limit is still a limit.
  @Test
  void aKeyAtItsLimitIsNoTokenToDistrust() {
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    faults.failNext(C_Verify, Ckr.CKR_DEVICE_ERROR);
    faults.failAlways(C_VerifyInit, Ckr.CKR_KEY_NOT_ACTIVE);
    assertThatExceptionOfType(KeyLimitReached.class).isThrownBy(this::verify);
    assertThatExceptionOfType(KeyLimitReached.class)
        .isThrownBy(() -> pair.verifier().selfTest(EPOCH, pair.issuer().checkValue(EPOCH)));
  }

  /// Whoever raises the limit has nobody start anything again, and a key that was never tested gives no verdict.
  @Test
  void aKeyAtItsLimitIsTestedBeforeItsFirstVerdict() {
    faults.failAlways(C_VerifyInit, Ckr.CKR_KEY_NOT_ACTIVE);
    assertThatExceptionOfType(KeyLimitReached.class)
        .isThrownBy(() -> pair.verifier().selfTest(EPOCH, new byte[32]));
    faults.mend();
    assertThatExceptionOfType(TokenUntrusted.class).isThrownBy(this::verify);
    faults.failAlways(C_VerifyInit, Ckr.CKR_KEY_NOT_ACTIVE);
    assertThatExceptionOfType(KeyLimitReached.class)
        .isThrownBy(() -> pair.verifier().selfTest(EPOCH, pair.issuer().checkValue(EPOCH)));
    faults.mend();
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
  }

  @ParameterizedTest
  @EnumSource(Ckr.class)
  void noCodeOfVerifyInitIsAVerdict(Ckr code) {
    faults.failAlways(C_VerifyInit, code);
    assertThatExceptionOfType(TokenException.class).isThrownBy(this::verify);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CKR_SESSION_CLOSED",
        "CKR_SESSION_HANDLE_INVALID",
        "CKR_OPERATION_ACTIVE",
        "CKR_USER_NOT_LOGGED_IN",
        "CKR_OBJECT_HANDLE_INVALID",
        "CKR_KEY_HANDLE_INVALID",
        "CKR_GENERAL_ERROR",
        "CKR_FUNCTION_FAILED"
      })
  void aLostSessionOrLoginDoesNotRestartTheModule(Ckr code) {
    faults.failNext(C_VerifyInit, code);
    var restarts = faults.calls(C_Initialize);
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CKR_DEVICE_ERROR",
        "CKR_DEVICE_REMOVED",
        "CKR_TOKEN_NOT_PRESENT",
        "CKR_TOKEN_NOT_RECOGNIZED",
        "CKR_CRYPTOKI_NOT_INITIALIZED"
      })
  void aLostModuleIsRestartedOnce(Ckr code) {
    faults.failNext(C_Verify, code);
    var restarts = faults.calls(C_Initialize);
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
    assertThat(health().recoveries()).isEqualTo(1);
  }

  @Test
  void aLossThatComesAgainClimbsARung() {
    faults.failNext(
        C_VerifyInit, Ckr.CKR_SESSION_CLOSED, Ckr.CKR_SESSION_CLOSED, Ckr.CKR_SESSION_CLOSED);
    var restarts = faults.calls(C_Initialize);
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
  }

  @Test
  void theLadderHasATop() {
    faults.failAlways(C_VerifyInit, Ckr.CKR_SESSION_CLOSED);
    var restarts = faults.calls(C_Initialize);
    lost();
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
  }

  @Test
  void aSessionTheTokenDisownsIsNotClosed() {
    var closed = faults.calls(C_CloseSession);
    faults.failNext(C_VerifyInit, Ckr.CKR_SESSION_HANDLE_INVALID);
    verify();
    assertThat(faults.calls(C_CloseSession)).isEqualTo(closed);
    faults.failNext(C_VerifyInit, Ckr.CKR_OPERATION_ACTIVE);
    verify();
    assertThat(faults.calls(C_CloseSession)).as("busy, so not lent again").isGreaterThan(closed);
  }

  @Test
  void whileItIsLostCallsFailWithoutTouchingIt() {
    faults.failEverything(Ckr.CKR_DEVICE_ERROR);
    lost();
    assertThat(health().state()).isEqualTo(Health.State.LOST);
    assertThat(health().reason()).contains("CKR_DEVICE_ERROR");
    var tries = faults.calls(C_Initialize);
    for (var call = 0; call < 10; call++) {
      lost();
    }
    assertThat(faults.calls(C_Initialize)).isEqualTo(tries);
  }

  @Test
  void thePauseBetweenTriesGrowsAndEnds() {
    faults.failEverything(Ckr.CKR_DEVICE_ERROR);
    lost();
    for (var longest : new int[] {1, 2, 4, 8, 8, 8}) {
      var tries = faults.calls(C_Initialize);
      clock.advance(Duration.ofMillis(longest * 500L - 1));
      lost();
      assertThat(faults.calls(C_Initialize)).as("before half of %d s", longest).isEqualTo(tries);
      clock.advance(Duration.ofMillis(longest * 500L + 1));
      lost();
      assertThat(faults.calls(C_Initialize)).as("after %d s", longest).isEqualTo(tries + 1);
    }
    faults.mend();
    clock.advance(Duration.ofSeconds(8));
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    assertThat(health().state()).isEqualTo(Health.State.UP);
    assertThat(health().reason()).isEmpty();
  }

  @Test
  void aPauseEndsWhenTheTokenIsBack() {
    faults.failEverything(Ckr.CKR_DEVICE_ERROR);
    for (var tries = 0; tries < 5; tries++) {
      lost();
      clock.advance(Duration.ofSeconds(8));
    }
    faults.mend();
    assertThat(verify()).isEqualTo(Verdict.RIGHT);

    clock.advance(Duration.ofSeconds(1));
    faults.failEverything(Ckr.CKR_DEVICE_ERROR);
    lost();
    faults.mend();
    clock.advance(Duration.ofSeconds(1));
    assertThat(verify()).as("a second's absence soon after a long one").isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aTokenThatBreaksAgainAndAgainIsNotRestartedEachTime() {
    var restarts = faults.calls(C_Initialize);
    faults.failNext(C_Verify, Ckr.CKR_DEVICE_ERROR);
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    faults.failNext(C_Verify, Ckr.CKR_DEVICE_ERROR);
    lost();
    lost();
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 2);
  }

  @Test
  void keepAliveFindsALostToken() {
    faults.failEverything(Ckr.CKR_DEVICE_REMOVED);
    assertThatExceptionOfType(TokenUnavailable.class)
        .isThrownBy(() -> pair.verifier().token().keepAlive());
    faults.mend();
    clock.advance(Duration.ofSeconds(1));
    pair.verifier().token().keepAlive();
    assertThat(health().state()).isEqualTo(Health.State.UP);
  }

  @Test
  void manyThreadsRestartTheModuleOnce() throws Exception {
    var together = new CountDownLatch(3);
    faults.before(C_Verify, meet(together));
    faults.failNext(C_Verify, Ckr.CKR_DEVICE_ERROR, Ckr.CKR_DEVICE_ERROR, Ckr.CKR_DEVICE_ERROR);
    var restarts = faults.calls(C_Initialize);
    try (var threads = Executors.newFixedThreadPool(3)) {
      allRight(threeVerify(threads));
    }
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
  }

  private List<Future<Verdict>> threeVerify(ExecutorService threads) {
    var calls = new ArrayList<Future<Verdict>>();
    for (var thread = 0; thread < 3; thread++) {
      calls.add(threads.submit(this::verify));
    }
    return calls;
  }

  private static void allRight(List<Future<Verdict>> calls) throws Exception {
    for (var call : calls) {
      assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
    }
  }

  @Test
  void twoTokensOfOneModuleRestartItOnce() throws Exception {
    var together = new CountDownLatch(2);
    for (var function : List.of(C_Verify, C_Sign)) {
      faults.before(function, meet(together));
      faults.failNext(function, Ckr.CKR_DEVICE_ERROR);
    }
    var restarts = faults.calls(C_Initialize);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var verdict = threads.submit(this::verify);
      var again = threads.submit(() -> PlainInput.tag(pair.issuer(), EPOCH, new byte[4]));
      assertThat(verdict.get(20, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
      assertThat(again.get(20, TimeUnit.SECONDS)).isEqualTo(tag);
    }
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
  }

  @Test
  void whoComesSecondFindsTheModuleRestarted() {
    var module = bench.module();
    var seen = module.epoch();
    var restarts = faults.calls(C_Initialize);
    module.restart(seen, Deadline.after(Duration.ofSeconds(1)));
    module.restart(seen, Deadline.after(Duration.ofSeconds(1)));
    assertThat(module.epoch()).isEqualTo(seen + 1);
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
  }

  private static Runnable meet(CountDownLatch latch) {
    return () -> {
      latch.countDown();
      await(latch);
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatMakesSomethingIsNotRepeated() {
    faults.failNext(C_GenerateKey, Ckr.CKR_DEVICE_ERROR);
    var made = faults.calls(C_GenerateKey);
    var batch = new BatchId("b1");
    assertThatExceptionOfType(TokenUnavailable.class)
        .isThrownBy(() -> pair.issuer().makeLayoutKey(batch));
    assertThat(faults.calls(C_GenerateKey)).isEqualTo(made + 1);
    assertThat(pair.issuer().hasLayoutKey(batch)).isFalse();
    pair.issuer().makeLayoutKey(batch);
    assertThat(pair.issuer().hasLayoutKey(batch)).isTrue();
  }

  @Test
  void aHandleOfAnEarlierEpochIsNeverUsed() {
    pair.agree(new EpochId("e2"));
    var other = PlainInput.tag(pair.issuer(), new EpochId("e2"), new byte[4]);
    for (var time = 0; time < 3; time++) {
      var module = bench.module();
      module.restart(module.epoch(), Deadline.after(Duration.ofSeconds(1)));
      assertThat(verify()).isEqualTo(Verdict.RIGHT);
      assertThat(PlainInput.verify(pair.verifier(), EPOCH, new byte[4], other))
          .isEqualTo(Verdict.WRONG);
      assertThat(PlainInput.verify(pair.verifier(), new EpochId("e2"), new byte[4], other))
          .isEqualTo(Verdict.RIGHT);
    }
  }

  @Test
  void aKeyThatWasDeletedIsNotFoundRatherThanLost() {
    verify();
    Behind.itsBack(
        bench.module(),
        pair.verifier().token().name(),
        (cryptoki, slot) -> {
          var session = cryptoki.openSession(slot, true);
          cryptoki.findObjectsInit(session, KeyRef.secret("book-e1").search());
          var key = cryptoki.findObjects(session, 1)[0];
          cryptoki.findObjectsFinal(session);
          cryptoki.destroyObject(session, key);
          cryptoki.closeSession(session);
        });
    var restarts = faults.calls(C_Initialize);
    assertThatExceptionOfType(KeyNotFound.class).isThrownBy(this::verify);
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts);
  }

  @Test
  void anEmptySearchInALostStoreIsNotBelieved() {
    faults.failNext(C_GetTokenInfo, Ckr.CKR_GENERAL_ERROR);
    var restarts = faults.calls(C_Initialize);
    assertThat(pair.issuer().hasBookKey(new EpochId("none"))).isFalse();
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts + 1);
  }

  @Test
  void aTokenWithoutRoomIsNotRestarted() {
    bench.fake().dropSessions();
    faults.failAlways(C_OpenSession, Ckr.CKR_SESSION_COUNT);
    var restarts = faults.calls(C_Initialize);
    lost();
    assertThat(faults.calls(C_Initialize)).isEqualTo(restarts);
    faults.mend();
    clock.advance(Duration.ofSeconds(8));
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void manyThreadsLookIntoALostLoginOnce() throws Exception {
    var together = new CountDownLatch(3);
    var failed = ConcurrentHashMap.<Thread>newKeySet();
    // Each fails once, and none before all are inside; what is tried again goes well.
    faults.before(
        C_Verify,
        () -> {
          if (failed.add(Thread.currentThread())) {
            meet(together).run();
            throw new CkException(C_Verify, Ckr.CKR_GENERAL_ERROR);
          }
        });
    var found = health().recoveries();
    try (var threads = Executors.newFixedThreadPool(3)) {
      allRight(threeVerify(threads));
    }
    assertThat(health().recoveries()).isEqualTo(found + 1);
  }

  @Test
  void aPinThatJcaWasRefusedIsNotTriedAgainEither() {
    pair.verifier().receipts().make(1);
    bench.refuseJcaLogins();
    for (var call = 0; call < 5; call++) {
      assertThatExceptionOfType(TokenAuthFailed.class)
          .isThrownBy(() -> pair.verifier().receipts().sign("receipt-1", new byte[4]));
    }
    assertThat(bench.refusedJcaLogins()).isEqualTo(1);
    assertThat(health().state()).isEqualTo(Health.State.LATCHED);
  }

  @Test
  void aPinThatJcaWasRefusedIsNotTriedByThoseWhoWaitedForIt() throws Exception {
    var patient =
        new TokenSettings(3, Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(8));
    var other = new FakeBench();
    try (var tokens = TokenPair.on(other, patient, clock)) {
      tokens.verifier().receipts().make(1);
      other.refuseJcaLogins();
      List<Thread> waiting = new CopyOnWriteArrayList<>();
      other.duringJcaLogins(() -> waiting.forEach(RecoveryTest::awaitWaiting));
      var failures = new ConcurrentLinkedQueue<Exception>();
      for (var thread = 0; thread < 3; thread++) {
        waiting.add(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      waiting.remove(Thread.currentThread());
                      try {
                        tokens.verifier().receipts().sign("receipt-1", new byte[4]);
                      } catch (TokenException refused) {
                        failures.add(refused);
                      }
                    }));
      }
      var all = List.copyOf(waiting);
      // the first holds the way to the token until the others wait for it
      all.forEach(Thread::start);
      for (var thread : all) {
        thread.join();
      }
      assertThat(failures).hasSize(3).allMatch(TokenAuthFailed.class::isInstance);
      assertThat(other.refusedJcaLogins()).isEqualTo(1);
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aClockSetBackDoesNotKeepALostTokenLost() {
    faults.failEverything(Ckr.CKR_DEVICE_ERROR);
    lost();
    faults.mend();
    clock.advance(Duration.ofHours(-1));
    assertThat(verify()).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aTokenFoundAgainDuringItsSelfTestIsTestedAgain() {
    var checkValue = pair.issuer().checkValue(EPOCH);
    var once = new AtomicBoolean(true);
    faults.before(
        C_SignInit,
        () -> {
          if (once.getAndSet(false)) {
            faults.failNext(C_GetTokenInfo, Ckr.CKR_USER_NOT_LOGGED_IN);
            try (var threads = Executors.newFixedThreadPool(1)) {
              threads.submit(() -> pair.verifier().token().keepAlive()).get(20, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
              throw new AssertionError(e);
            }
          }
        });
    assertThat(pair.verifier().selfTest(EPOCH, checkValue)).allMatch(Check::passed);
    var before = faults.calls(C_Verify);
    verify();
    assertThat(faults.calls(C_Verify)).as("four verdicts more").isEqualTo(before + 5);
    verify();
    assertThat(faults.calls(C_Verify)).isEqualTo(before + 6);
  }

  @Test
  void sessionsOpenedWhileIdleOnesAreLookedAtDoNotPileUp() {
    threeAtOnce();
    var open = faults.calls(C_OpenSession) - faults.calls(C_CloseSession);
    for (var loss = 0; loss < 8; loss++) {
      var once = new AtomicBoolean(true);
      faults.before(
          C_GetSessionInfo,
          () -> {
            if (once.getAndSet(false)) {
              threeAtOnce();
            }
          });
      faults.failNext(C_VerifyInit, Ckr.CKR_OPERATION_ACTIVE);
      verify();
    }
    assertThat(faults.calls(C_OpenSession) - faults.calls(C_CloseSession))
        .isLessThanOrEqualTo(open + SETTINGS.sessions());
  }

  private void threeAtOnce() {
    var token = pair.verifier().token();
    token.<Long>reading(
        one ->
            token.<Long>reading(
                two -> token.<Long>reading(three -> one.session() + two.session())));
  }

  @Test
  void loginIsDoneOncePerConnection() {
    var logins = faults.calls(C_Login);
    for (var call = 0; call < 20; call++) {
      verify();
    }
    assertThat(faults.calls(C_Login)).isEqualTo(logins);
  }

  @Test
  void whoFindsNoSessionFreeIsToldByTheDeadline() throws Exception {
    var inside = new CountDownLatch(3);
    var go = new CountDownLatch(1);
    faults.before(
        C_Verify,
        () -> {
          inside.countDown();
          await(go);
        });
    try (var threads = Executors.newFixedThreadPool(3)) {
      var calls = threeVerify(threads);
      await(inside);
      clock.advance(Duration.ofSeconds(7));
      assertThatExceptionOfType(TokenUnavailable.class)
          .isThrownBy(this::verify)
          .withMessageContaining("all 3 sessions");
      assertThat(health().sessionsInUse()).isEqualTo(3);
      assertThat(health().longestCall()).isEqualTo(Duration.ofSeconds(7));
      go.countDown();
      allRight(calls);
    }
  }

  @Test
  void aStuckCallKeepsARestartFromKillingIt() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    faults.before(
        C_Verify,
        () -> {
          inside.countDown();
          await(go);
        });
    try (var threads = Executors.newFixedThreadPool(1)) {
      var stuck = threads.submit(this::verify);
      await(inside);
      faults.failNext(C_GetTokenInfo, Ckr.CKR_DEVICE_ERROR);
      var restarts = faults.calls(C_Initialize);
      assertThatExceptionOfType(TokenUnavailable.class)
          .isThrownBy(() -> pair.verifier().token().keepAlive());
      assertThat(faults.calls(C_Initialize)).isEqualTo(restarts);
      go.countDown();
      assertThat(stuck.get(20, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
    }
    clock.advance(Duration.ofSeconds(8));
    SoftHsmServer.await("the token to be back", () -> verify() == Verdict.RIGHT);
  }
}
