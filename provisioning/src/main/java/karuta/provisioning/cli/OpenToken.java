package karuta.provisioning.cli;

import karuta.token.KeyNotFound;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.Token;
import karuta.token.TokenSettings;
import karuta.token.issuer.IssuerToken;
import karuta.token.key.KeyPolicy;
import karuta.token.key.SigningKeys;
import karuta.token.verifier.VerifierToken;

/// A token for the time of one command.
final class OpenToken implements AutoCloseable {
  private final Pkcs11Module module;
  private final Token token;

  private OpenToken(Pkcs11Module module, Token token) {
    this.module = module;
    this.token = token;
  }

  /// Opens the module, finds the token and logs in.
  static OpenToken open(TokenFile file, Context context) {
    var module = Pkcs11Module.open(file.module());
    try {
      var token =
          Token.open(
              module,
              file.name(),
              () -> pin(file, context),
              TokenSettings.defaults(),
              context.clock());
      return new OpenToken(module, token);
    } catch (RuntimeException e) {
      module.close();
      throw e;
    }
  }

  private static Pin pin(TokenFile file, Context context) {
    return file.pinFile()
        .map(Pin::fromFile)
        .orElseGet(() -> context.prompt().pin("PIN of token " + file.name().label() + ": "));
  }

  Token token() {
    return token;
  }

  IssuerToken issuer() {
    return new IssuerToken(token);
  }

  VerifierToken verifier() {
    return new VerifierToken(token);
  }

  /// The signing keys among which `label` belongs: `issuer-<n>` on an issuer token, `receipt-<n>` on a verifier token.
  SigningKeys signing(String label) {
    return label.startsWith("receipt-") ? verifier().signing() : issuer().signing();
  }

  /// Makes sure that a key is there; looked for anew.
  ///
  /// @throws KeyNotFound if it is not
  void require(KeyPolicy policy, String label) {
    if (!has(policy, label)) {
      throw new KeyNotFound(label);
    }
  }

  /// Whether a key is there; looked for anew.
  boolean has(KeyPolicy policy, String label) {
    return token.reading(lease -> lease.find(policy.ref(label)).isPresent());
  }

  @Override
  public void close() {
    try {
      token.close();
    } finally {
      module.close();
    }
  }
}
