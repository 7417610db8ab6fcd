package karuta.token.testing;

import java.security.PrivateKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import org.jspecify.annotations.Nullable;

/// An object of the fake token: attributes, and what only the token may use.
final class FakeObject {
  private final Map<Cka, Attribute> attributes = new EnumMap<>(Cka.class);
  private byte @Nullable [] secret;
  private @Nullable PrivateKey privateKey;

  /// As SoftHSM does: one attribute after the other, and nothing after `CKA_MODIFIABLE=false`.
  FakeObject(CkFunction function, Template template) {
    set(Attribute.of(Cka.CKA_MODIFIABLE, true));
    set(Attribute.of(Cka.CKA_COPYABLE, true));
    for (var attribute : template.attributes()) {
      if (!is(Cka.CKA_MODIFIABLE)) {
        throw new CkException(function, Ckr.CKR_ATTRIBUTE_READ_ONLY);
      }
      set(attribute);
    }
  }

  FakeObject(FakeObject original) {
    attributes.putAll(original.attributes);
    secret = original.secret;
    privateKey = original.privateKey;
  }

  void set(Attribute attribute) {
    attributes.put(attribute.type(), attribute);
  }

  Optional<Attribute> get(Cka type) {
    return Optional.ofNullable(attributes.get(type));
  }

  boolean is(Cka type) {
    return get(type).map(Attribute::isTrue).orElse(false);
  }

  boolean isSecret() {
    return get(Cka.CKA_CLASS)
        .map(Attribute::number)
        .filter(c -> c == ObjectClass.SECRET_KEY.code() || c == ObjectClass.PRIVATE_KEY.code())
        .isPresent();
  }

  String label() {
    return get(Cka.CKA_LABEL).map(Attribute::text).orElse("");
  }

  boolean fits(Template search) {
    return search.attributes().stream()
        .allMatch(wanted -> get(wanted.type()).filter(wanted::equals).isPresent());
  }

  /// A key with `CKA_ALLOWED_MECHANISMS` does no other; without, any.
  boolean allows(Ckm mechanism) {
    return get(Cka.CKA_ALLOWED_MECHANISMS)
        .filter(allowed -> !allowed.equals(Attribute.of(allowed.type(), mechanism)))
        .isEmpty();
  }

  void holds(byte[] value) {
    secret = value.clone();
  }

  void holds(PrivateKey key) {
    privateKey = key;
  }

  byte[] secret() {
    return Optional.ofNullable(secret).orElseThrow();
  }

  Optional<PrivateKey> privateKey() {
    return Optional.ofNullable(privateKey);
  }
}
