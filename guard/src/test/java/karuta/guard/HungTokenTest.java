package karuta.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import karuta.command.ExitCode;
import karuta.database.DatabaseSettings;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Judgement;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.SocketGuard;
import karuta.guard.journal.Caps;
import karuta.guard.testing.GuardInstallation;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.testing.ChildJvm;
import karuta.token.testing.Bench;
import karuta.token.testing.Libraries;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The token's process is stopped (SIGSTOP) in front of a call: nothing is closed, nothing answers.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HungTokenTest {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir private Path directory;
  private SoftHsmServer server;
  private TokenPair tokens;
  private GuardInstallation installation;

  @BeforeEach
  void prepare() throws IOException {
    server = SoftHsmServer.start();
    tokens = TokenPair.on(server);
    tokens.verifier().receipts().make(1);
    tokens.verifier().seals().make(1);
    installation =
        GuardInstallation.make(
            directory,
            Libraries.p11KitClient(),
            tokens.verifier().token().name(),
            Bench.USER_PIN,
            tokens.agree(SoftHsmServer.EPOCH));
    installation.change("[[epoch]]", "deadline-seconds = 2\n[[epoch]]");
  }

  @AfterEach
  void close() {
    server.goOn();
    tokens.close();
  }

  private ChildJvm begun() throws IOException {
    return ChildJvm.start(
        directory,
        server.environment(),
        Main.class,
        "guard",
        "--config",
        installation.config().toString());
  }

  private ChildJvm guard() throws IOException {
    var guard = begun();
    assertThat(guard.line())
        .isEqualTo("guarding %s as %s", installation.socket(), installation.name());
    return guard;
  }

  private Judgement judged(Question question, Duration deadline) {
    try (var caller =
        new SocketGuard(
            new SocketGuard.Settings(installation.socket(), 1, deadline), System::nanoTime)) {
      return ((Judged) caller.judge(question)).judgement();
    }
  }

  @Test
  void aCallThatHangsEndsTheGuardAndTheNextOneJudgesWhatNobodyWasTold() throws Exception {
    var card =
        new TestCard(
            "customer-1", answer -> PlainInput.tag(tokens.issuer(), SoftHsmServer.EPOCH, answer));
    var before = card.wrong(1);
    var hung = card.wrong(1);
    var after = card.right(1);
    Judgement first;
    try (var guard = guard()) {
      first = judged(before, LONG);
      server.fallSilent();
      assertThatThrownBy(() -> judged(hung, SHORT)).isInstanceOf(GuardUnavailable.class);
      assertThat(guard.ended()).as(guard::said).isEqualTo(ExitCode.HUNG);
      assertThat(guard.said()).contains("a call to the token has been hanging");
      server.goOn();
    }
    try (var guard = guard()) {
      assertThat(judged(before, LONG)).isEqualTo(first);
      var told = judged(hung, LONG);
      assertThat(told.verdict()).isEqualTo(Verdict.WRONG);
      assertThat(told.head().number()).isEqualTo(2);
      try (var journal =
          new TestGuards(DatabaseSettings.sqlite(installation.journal()), Caps.standard())) {
        assertThat(journal.failures(card)).isEqualTo(2);
        assertThat(journal.rows()).isEqualTo(2);
      }
      assertThat(judged(after, LONG).verdict()).isEqualTo(Verdict.RIGHT);
      guard.end();
      assertThat(guard.ended()).as(guard::said).isZero();
    }
  }

  @Test
  void aTokenThatIsSilentWhenTheGuardBeginsEndsIt() throws Exception {
    server.fallSilent();
    try (var guard = begun()) {
      assertThat(guard.ended()).as(guard::said).isEqualTo(ExitCode.HUNG);
      assertThat(guard.said()).contains("opening the token has taken");
    }
  }

  /// Its supervisor asked it to end, and would have to kill it.
  @Test
  void aTokenThatIsSilentWhenTheGuardIsToldToEndKeepsItNoLonger() throws Exception {
    try (var guard = guard()) {
      server.fallSilent();
      guard.end();
      assertThat(guard.ended()).as(guard::said).isEqualTo(ExitCode.HUNG);
      assertThat(guard.said()).contains("closing the token has taken");
    }
  }
}
