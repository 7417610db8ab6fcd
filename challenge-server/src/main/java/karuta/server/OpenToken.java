package karuta.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.server.config.ServerConfig;
import karuta.server.token.AnswerToken;
import karuta.server.token.VerifierAnswerToken;
import karuta.token.Check;
import karuta.token.Finding;
import karuta.token.ModuleLocation;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.Token;
import karuta.token.TokenException;
import karuta.token.TokenName;
import karuta.token.TokenRole;
import karuta.token.TokenSettings;
import karuta.token.key.KeyAudit;
import karuta.token.key.KeyPolicy;
import karuta.token.verifier.VerifierToken;

/// The verifier token as the server wants it: found, logged in, audited, self-tested for every epoch. A token that does not pass is not opened: one that
/// reports a wrong tag as a fault would give guesses away uncounted.
final class OpenToken implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Pkcs11Module module;
  private final Token token;
  private final AnswerToken answers;

  private OpenToken(Pkcs11Module module, Token token, AnswerToken answers) {
    this.module = module;
    this.token = token;
    this.answers = answers;
  }

  AnswerToken answers() {
    return answers;
  }

  /// Opens and tests.
  ///
  /// @throws CommandFailed naming what is wrong with the token
  static OpenToken open(ServerConfig config, InstantSource clock) {
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
      // The audit first: of a key that breaks the policy it names the attribute, where the
      // self-test
      // would show everything that follows from it.
      audit(token, config);
      selfTest(verifier, config.epochs());
      var answers =
          new VerifierAnswerToken(
              verifier, receiptKeys(config.receipts()), checkValues(config.epochs()));
      return new OpenToken(module, token, answers);
    } catch (TokenException | IllegalArgumentException failure) {
      close(module, token);
      throw new CommandFailed(
          ExitCode.TOKEN,
          Objects.requireNonNullElse(failure.getMessage(), "the token cannot be used"),
          failure);
    } catch (RuntimeException failure) {
      close(module, token);
      throw failure;
    }
  }

  private static void selfTest(VerifierToken verifier, List<ServerConfig.Epoch> epochs) {
    for (var epoch : epochs) {
      var failed =
          verifier.selfTest(epoch.id(), HexFormat.of().parseHex(epoch.checkValue())).stream()
              .filter(check -> !check.passed())
              .map(Check::toString)
              .collect(Collectors.joining("; "));
      if (!failed.isEmpty()) {
        throw new CommandFailed(
            ExitCode.TOKEN,
            "the token fails its self-test for epoch " + epoch.id() + ": " + failed,
            null);
      }
    }
  }

  private static Map<EpochId, byte[]> checkValues(List<ServerConfig.Epoch> epochs) {
    return epochs.stream()
        .collect(
            Collectors.toMap(
                ServerConfig.Epoch::id, epoch -> HexFormat.of().parseHex(epoch.checkValue())));
  }

  private static void audit(Token token, ServerConfig config) {
    var expected =
        Stream.concat(
                config.epochs().stream().map(epoch -> "book-" + epoch.id()),
                receiptKeys(config.receipts()).stream())
            .collect(Collectors.toSet());
    var findings =
        KeyAudit.of(token, TokenRole.VERIFIER, expected).stream()
            .filter(finding -> !isSealKeyBesides(finding))
            .map(Finding::toString)
            .collect(Collectors.joining("; "));
    if (!findings.isEmpty()) {
      throw CommandFailed.refused("the token breaks the key policy: " + findings);
    }
  }

  /// A verifier token has seal keys, which this process does not use. What they may do was held against the policy.
  private static boolean isSealKeyBesides(Finding finding) {
    return KeyPolicy.SEAL.names(finding.key())
        && finding.attribute().equals("presence")
        && finding.expected().equals("absent");
  }

  /// Older keys first; the last one signs.
  private static List<String> receiptKeys(ServerConfig.Receipts receipts) {
    var labels = new ArrayList<>(receipts.honoured());
    labels.remove(receipts.key());
    labels.add(receipts.key());
    return labels;
  }

  private static void close(
      @org.jspecify.annotations.Nullable Pkcs11Module module,
      @org.jspecify.annotations.Nullable Token token) {
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
