package karuta.provisioning.layout;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import karuta.card.MacInput;
import karuta.provisioning.book.TagKey;

/// HMAC-SHA-256 with the JDK, under a key everybody knows.
public final class PlainKey implements StreamKey, TagKey {
  private final SecretKeySpec key;

  public PlainKey(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  public static PlainKey named(String name) {
    return new PlainKey(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] derive(MacInput input) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(input.toBytes());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public byte[] tag(MacInput answer) {
    return derive(answer);
  }
}
