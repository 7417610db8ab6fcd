package karuta.provisioning.cli;

import java.io.IOException;
import java.util.HexFormat;
import karuta.card.EpochId;
import karuta.provisioning.print.Certificates;
import karuta.token.KeyLimitReached;
import karuta.token.KeyNotFound;
import karuta.token.Token;
import karuta.token.Verdict;
import karuta.token.check.CheckValue;
import karuta.token.key.FinishedEpochs;
import karuta.token.key.KeyPolicy;
import karuta.token.key.SigningKeys;
import karuta.token.verifier.VerifierToken;

/// What tells a key from another of its label, in words: the fingerprint of its certificate, or its check value, which
/// proves which key it is and reveals nothing. The verifier's key cannot make its own; the mark of its epoch has it.
///
/// What cannot be found out is said, and keeps no key from being destroyed: it is then known by its label alone.
record KeyIdentity(Token token) {
  private static final String AT_ITS_LIMIT =
      "at the token's own limit on its uses, so known by its label alone";

  /// Looks for the key anew.
  ///
  /// @throws KeyNotFound if there is none
  String of(KeyPolicy policy, String label) throws IOException {
    try {
      return switch (policy) {
        case ISSUER, RECEIPT, SEAL -> certificate(new SigningKeys(token, policy), label);
        case LAYOUT, BOOK_SIGNING -> told(checkValue(policy, label));
        case BOOK_VERIFYING -> marked(new EpochId(label.substring(policy.label("").length())));
      };
    } catch (KeyLimitReached e) {
      return AT_ITS_LIMIT;
    }
  }

  private static String certificate(SigningKeys keys, String label) throws IOException {
    try {
      return "certificate SHA-256 " + Certificates.fingerprint(keys.certificate(label));
    } catch (KeyNotFound e) {
      return "without a certificate";
    }
  }

  private byte[] checkValue(KeyPolicy policy, String label) {
    return token.reading(
        lease -> {
          try (var input = CheckValue.input()) {
            var key = lease.find(policy.ref(label)).orElseThrow(() -> new KeyNotFound(label));
            return lease.mac(key, input);
          }
        });
  }

  private String marked(EpochId epoch) {
    var mark = new FinishedEpochs(token).checkValue(epoch);
    if (mark.isEmpty()) {
      return "of an agreement that was not completed here";
    }
    return new VerifierToken(token).verifyCheckValue(epoch, mark.get()) == Verdict.RIGHT
        ? told(mark.get())
        : "another than the one with which its epoch was finished, " + told(mark.get());
  }

  private static String told(byte[] checkValue) {
    return "check value " + HexFormat.of().formatHex(checkValue);
  }
}
