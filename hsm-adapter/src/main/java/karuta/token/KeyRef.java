package karuta.token;

import java.nio.charset.StandardCharsets;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;

/// A key's durable name. An object handle is not an identity: it is looked up from this, and forgotten with its epoch.
///
/// @param label also its `CKA_ID`, by which JCA pairs keys and certificates
public record KeyRef(ObjectClass objectClass, String label) {
  public static KeyRef secret(String label) {
    return new KeyRef(ObjectClass.SECRET_KEY, label);
  }

  /// What finds it.
  public Template search() {
    return Template.of(
        Attribute.of(Cka.CKA_CLASS, objectClass.code()),
        Attribute.of(Cka.CKA_TOKEN, true),
        Attribute.of(Cka.CKA_LABEL, label));
  }

  /// The key's `CKA_ID`.
  public byte[] id() {
    return label.getBytes(StandardCharsets.UTF_8);
  }
}
