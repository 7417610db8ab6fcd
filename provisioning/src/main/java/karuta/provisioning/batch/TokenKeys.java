package karuta.provisioning.batch;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.provisioning.book.TagKey;
import karuta.provisioning.layout.StreamKey;
import karuta.token.issuer.IssuerToken;

/// A batch's keys in the issuer token. The bytes under a tag are an answer, so each copy is wiped.
public record TokenKeys(IssuerToken token, BatchId batch) implements BatchKeys {
  @Override
  public StreamKey layoutKey() {
    return input -> mac(input, bytes -> token.deriveStream(batch, bytes));
  }

  @Override
  public TagKey bookKey(EpochId epoch) {
    return input -> mac(input, bytes -> token.tag(epoch, bytes));
  }

  @Override
  public byte[] random(int bytes) {
    return token.random(bytes);
  }

  private static byte[] mac(MacInput input, UnaryOperator<byte[]> mac) {
    var bytes = input.toBytes();
    try {
      return mac.apply(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
