package karuta.provisioning.batch;

import karuta.card.EpochId;
import karuta.provisioning.book.TagKey;
import karuta.provisioning.layout.StreamKey;

/// What a batch needs of the issuer token. Called by several threads at once.
public interface BatchKeys {
  /// The batch's layout key.
  StreamKey layoutKey();

  /// The issuer's half of an epoch's book key.
  TagKey bookKey(EpochId epoch);

  /// Random bytes of the token.
  byte[] random(int bytes);
}
