package karuta.provisioning.batch;

import java.util.Random;
import karuta.card.EpochId;
import karuta.provisioning.book.TagKey;
import karuta.provisioning.layout.PlainKey;
import karuta.provisioning.layout.StreamKey;

/// A batch's keys outside any token, and the same random numbers every time.
final class PlainKeys implements BatchKeys {
  private final Random random = new Random(11);

  @Override
  public StreamKey layoutKey() {
    return PlainKey.named("layout");
  }

  @Override
  public TagKey bookKey(EpochId epoch) {
    return PlainKey.named("book " + epoch);
  }

  @Override
  public byte[] random(int bytes) {
    var result = new byte[bytes];
    random.nextBytes(result);
    return result;
  }
}
