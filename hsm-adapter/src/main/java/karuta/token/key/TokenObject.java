package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_DERIVE;
import static karuta.cryptoki.Cka.CKA_LABEL;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_SIGN;

import java.util.List;
import java.util.Optional;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.Cka;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.Finding;
import karuta.token.SessionLease;
import karuta.token.TokenRole;

/// One object on a token (PKCS#11 v2.40, section 4), as far as an audit of all objects asks for it. What the token does
/// not tell is never taken for "false".
record TokenObject(long handle, List<AttributeReading> readings) {
  private static final List<Cka> ASKED =
      List.of(CKA_CLASS, CKA_LABEL, CKA_SIGN, CKA_DERIVE, CKA_MODIFIABLE);

  /// Everything on the token that a session sees.
  static List<TokenObject> all(SessionLease lease) {
    return lease.findAll(Template.of()).stream()
        .map(handle -> new TokenObject(handle, lease.read(handle, ASKED)))
        .toList();
  }

  private Attribute get(Cka type) {
    return readings.get(ASKED.indexOf(type)) instanceof AttributeReading.Value value
        ? value.attribute()
        : Attribute.of(type, new byte[0]);
  }

  long objectClass() {
    return get(CKA_CLASS).number();
  }

  boolean is(ObjectClass... classes) {
    return List.of(classes).stream().anyMatch(one -> one.code() == objectClass());
  }

  String name() {
    var label = get(CKA_LABEL).text();
    return label.isEmpty() ? "an object without a label" : label;
  }

  /// A book key is of both roles by its name; by what it can do it is of one.
  boolean speaksFor(TokenRole role) {
    var signs = get(CKA_SIGN).isTrue();
    return KeyPolicy.of(role, objectClass(), name())
        .filter(policy -> policy != KeyPolicy.BOOK_SIGNING || signs)
        .filter(policy -> policy != KeyPolicy.BOOK_VERIFYING || !signs)
        .isPresent();
  }

  /// A finding unless the token says that it may not: what is withheld or unknown is not "false".
  Optional<Finding> mustNot(Cka type) {
    var reading = readings.get(ASKED.indexOf(type));
    return reading.says(Attribute.of(type, false))
        ? Optional.empty()
        : Optional.of(new Finding(name(), type.name(), "false", reading.toString()));
  }
}
