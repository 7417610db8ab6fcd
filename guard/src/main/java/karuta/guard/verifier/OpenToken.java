package karuta.guard.verifier;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.agreement.AgreementUse;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.guard.config.GuardConfig;
import karuta.guard.token.JudgeToken;
import karuta.guard.token.JudgeToken.Use;
import karuta.guard.token.VerifierJudgeToken;
import karuta.token.Check;
import karuta.token.Finding;
import karuta.token.KeyLimitReached;
import karuta.token.ModuleLocation;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.Token;
import karuta.token.TokenAuthFailed;
import karuta.token.TokenException;
import karuta.token.TokenName;
import karuta.token.TokenRole;
import karuta.token.TokenSettings;
import karuta.token.key.JournalHeads;
import karuta.token.key.KeyAudit;
import karuta.token.key.KeyPolicy;
import karuta.token.verifier.VerifierToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The verifier token as a guard wants it: found, logged in, audited, self-tested for every epoch. A token that does
/// not pass is not opened: one that reports a wrong tag as a fault would give guesses away uncounted.
public final class OpenToken implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenToken.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Pkcs11Module module;
  private final Token token;
  private final JudgeToken judging;

  private OpenToken(Pkcs11Module module, Token token, JudgeToken judging) {
    this.module = module;
    this.token = token;
    this.judging = judging;
  }

  /// What judges and signs.
  public JudgeToken judging() {
    return judging;
  }

  /// What the token remembers of guards.
  public JournalHeads heads() {
    return new JournalHeads(token);
  }

  /// How long the oldest call now in the token's library has been there.
  Duration longestCall() {
    return token.health().longestCall();
  }

  /// Opens and tests.
  ///
  /// @throws CommandFailed naming what is wrong with the token
  static OpenToken open(GuardConfig config, InstantSource clock) {
    var settings = config.token();
    Pkcs11Module module = null;
    Token token = null;
    try {
      module = Pkcs11Module.open(ModuleLocation.of(settings.module()));
      var usual = TokenSettings.defaults();
      token =
          Token.open(
              module,
              new TokenName(settings.label(), settings.serial()),
              () -> Pin.fromFile(settings.pinFile()),
              new TokenSettings(
                  settings.sessions(), PATIENCE, usual.firstBackoff(), usual.longestBackoff()),
              clock);
      var verifier = new VerifierToken(token);
      // The audit first: of a key that breaks the policy it names the attribute, and the self-test
      // shows what follows from it.
      audit(token, expected(config));
      selfTest(verifier, config.epochs());
      var judging =
          new VerifierJudgeToken(
              verifier, labels(config), checkValues(config.epochs()), settings.deadline());
      return new OpenToken(module, token, judging);
    } catch (TokenException | IllegalArgumentException failure) {
      close(module, token);
      // a token locks a PIN that is tried again and again: no supervisor may start this anew
      throw new CommandFailed(
          failure instanceof TokenAuthFailed ? ExitCode.USAGE : ExitCode.TOKEN,
          Objects.requireNonNullElse(failure.getMessage(), "the token cannot be used"),
          failure);
    } catch (RuntimeException failure) {
      close(module, token);
      throw failure;
    }
  }

  /// A key at a limit of the token's own fails nothing: its test is made before its first verdict, and others judge.
  static void selfTest(VerifierToken verifier, List<GuardConfig.Epoch> epochs) {
    for (var epoch : epochs) {
      var failed = failed(verifier, epoch);
      if (!failed.isEmpty()) {
        throw new CommandFailed(
            ExitCode.TOKEN,
            "the token fails its self-test for epoch " + epoch.id() + ": " + failed,
            null);
      }
      if (epoch.use() == AgreementUse.DEVELOPMENT) {
        LOG.warn(
            "the key of epoch {} was agreed for development, derived with {}: no customer's card may rest on it",
            epoch.id(),
            epoch.kdf());
      }
    }
  }

  private static String failed(VerifierToken verifier, GuardConfig.Epoch epoch) {
    try {
      return verifier.selfTest(epoch.id(), HexFormat.of().parseHex(epoch.checkValue())).stream()
          .filter(check -> !check.passed())
          .map(Check::toString)
          .collect(Collectors.joining("; "));
    } catch (KeyLimitReached capped) {
      LOG.warn("no answer of epoch {} is judged: {}", epoch.id(), capped.getMessage());
      return "";
    }
  }

  private static Map<EpochId, byte[]> checkValues(List<GuardConfig.Epoch> epochs) {
    return epochs.stream()
        .collect(
            Collectors.toMap(
                GuardConfig.Epoch::id, epoch -> HexFormat.of().parseHex(epoch.checkValue())));
  }

  private static Set<String> expected(GuardConfig config) {
    return Stream.concat(
            config.epochs().stream().map(epoch -> "book-" + epoch.id()),
            labels(config).values().stream().flatMap(List::stream))
        .collect(Collectors.toSet());
  }

  /// A book key that no epoch names, of an agreement that is not finished or not named yet, must be as the policy says
  /// like any other; then it can do nothing but verify, and [VerifierJudgeToken] judges no answer with it.
  static void audit(Token token, Set<String> named) {
    var expected = new TreeSet<>(KeyAudit.labels(token, KeyPolicy.BOOK_VERIFYING));
    expected.removeAll(named);
    expected.forEach(
        label -> LOG.warn("{} is left out: no [[epoch]] of the configuration names it", label));
    expected.addAll(named);
    var findings =
        KeyAudit.of(token, TokenRole.VERIFIER, expected).stream()
            .map(Finding::toString)
            .collect(Collectors.joining("; "));
    if (!findings.isEmpty()) {
      throw CommandFailed.refused("the token breaks the key policy: " + findings);
    }
  }

  private static Map<Use, List<String>> labels(GuardConfig config) {
    return Stream.of(Use.values())
        .collect(Collectors.toMap(use -> use, use -> config.keys(use).labels()));
  }

  private static void close(@Nullable Pkcs11Module module, @Nullable Token token) {
    if (token != null) {
      token.close();
    }
    if (module != null) {
      module.close();
    }
  }

  /// Ends the sessions, then the module: in this order, or vendor libraries crash.
  @Override
  public void close() {
    close(module, token);
  }
}
