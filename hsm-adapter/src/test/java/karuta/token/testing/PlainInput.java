package karuta.token.testing;

import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.secret.SecretBytes;
import karuta.token.Verdict;
import karuta.token.issuer.IssuerToken;
import karuta.token.verifier.VerifierToken;

/// MACs over bytes that are no secret, as tests like to name them.
public final class PlainInput {
  private PlainInput() {}

  public static Verdict verify(VerifierToken token, EpochId epoch, byte[] input, byte[] tag) {
    try (var bytes = SecretBytes.copyOf(input)) {
      return token.verify(epoch, bytes, tag);
    }
  }

  public static byte[] tag(IssuerToken token, EpochId epoch, byte[] input) {
    try (var bytes = SecretBytes.copyOf(input)) {
      return token.tag(epoch, bytes);
    }
  }

  public static byte[] stream(IssuerToken token, BatchId batch, byte[] input) {
    try (var bytes = SecretBytes.copyOf(input)) {
      return token.deriveStream(batch, bytes);
    }
  }
}
