package karuta.provisioning.cli;

import java.io.IOException;
import java.util.List;
import karuta.agreement.AgreementUse;
import karuta.command.CommandFailed;
import karuta.softhsm.DevelopmentToken;
import karuta.token.Check;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.Token;
import karuta.token.TokenRole;
import karuta.token.TokenSettings;
import karuta.token.check.Compatibility;
import karuta.token.issuer.IssuerToken;
import karuta.token.key.KeyAudit;
import karuta.token.key.KeyPolicy;
import karuta.token.key.SigningKeys;
import karuta.token.key.TokenKdfs;
import karuta.token.verifier.VerifierToken;

/// A token for the time of one command.
final class OpenToken implements AutoCloseable {
  private final Pkcs11Module module;
  private final Token token;
  private final TokenFile file;

  private OpenToken(Pkcs11Module module, Token token, TokenFile file) {
    this.module = module;
    this.token = token;
    this.file = file;
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
      return new OpenToken(module, token, file);
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

  /// What the token is for, as its file says; see [#require].
  TokenRole role() {
    return file.role();
  }

  /// Makes sure that the token is of a role. The file says it, and the keys on the token may contradict: a line in a
  /// file is easily changed, and a stray key is hard to explain.
  ///
  /// @throws CommandFailed naming the token and what it is
  private void require(TokenRole wanted) {
    var role = role();
    if (role != wanted) {
      throw CommandFailed.refused(
          "this is the %s token %s; the command is for the %s token, so name that with --token"
              .formatted(role.label(), token.name(), wanted.label()));
    }
    var other = wanted == TokenRole.ISSUER ? TokenRole.VERIFIER : TokenRole.ISSUER;
    var witness = token.reading(KeyAudit::witnesses).get(other);
    if (witness != null) {
      throw CommandFailed.refused(
          ("the token file calls %s %s token, but it holds the key %s, which belongs on %s token;"
                  + " correct the file, or find out how the key came there")
              .formatted(token.name(), role.withArticle(), witness, other.withArticle()));
    }
  }

  /// @throws CommandFailed if it is no issuer token
  IssuerToken issuer() {
    require(TokenRole.ISSUER);
    return new IssuerToken(token);
  }

  /// @throws CommandFailed if it is no verifier token
  VerifierToken verifier() {
    require(TokenRole.VERIFIER);
    return new VerifierToken(token);
  }

  /// The signing keys of a kind.
  ///
  /// @throws CommandFailed if they belong on the other token
  SigningKeys signing(KeyPolicy policy) {
    require(policy.role());
    return new SigningKeys(token, policy);
  }

  /// What it can derive a key with in an agreement; each is tried.
  OwnKdfs kdfs(AgreementUse use) {
    return new OwnKdfs(token.name(), TokenKdfs.of(token, file.kdfs()), use);
  }

  /// What `karuta token check` tries.
  List<Check> compatibility() {
    return Compatibility.check(token, file.kdfs());
  }

  /// Who has to approve what is destroyed here.
  ///
  /// @throws CommandFailed if the file lets one person destroy keys of a token that is not SoftHSM's
  Custodians custodians() {
    if (file.custodians() instanceof Custodians.Alone
        && !DevelopmentToken.isSoftHsm(token.info())) {
      throw CommandFailed.refused(
          "token %s is not SoftHSM's, so nobody destroys a key on it alone: in the token file, name custodians in place of development = true"
              .formatted(token.name()));
    }
    return file.custodians();
  }

  /// What tells a key from another of its label; looked for anew.
  String identity(KeyPolicy policy, String label) throws IOException {
    return new KeyIdentity(token).of(policy, label);
  }

  /// Whether a key is there; looked for anew.
  boolean has(KeyPolicy policy, String label) {
    return token.reading(lease -> lease.find(policy.ref(label)).isPresent());
  }

  /// Whether there is anything of a key, also what a destruction that was cut off has left; looked for anew.
  boolean hasAnyOf(KeyPolicy policy, String label) {
    return policy.isPrivateKey()
        ? new SigningKeys(token, policy).hasAnyOf(label)
        : has(policy, label);
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
