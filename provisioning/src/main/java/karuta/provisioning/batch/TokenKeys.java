package karuta.provisioning.batch;

import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.provisioning.book.TagKey;
import karuta.provisioning.layout.StreamKey;
import karuta.token.issuer.IssuerToken;

/// A batch's keys in the issuer token.
public record TokenKeys(IssuerToken token, BatchId batch) implements BatchKeys {
  @Override
  public StreamKey layoutKey() {
    return input -> token.deriveStream(batch, input.bytes());
  }

  @Override
  public TagKey bookKey(EpochId epoch) {
    return input -> token.tag(epoch, input.bytes());
  }

  @Override
  public byte[] random(int bytes) {
    return token.random(bytes);
  }
}
