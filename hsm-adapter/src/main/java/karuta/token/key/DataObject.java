package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_APPLICATION;
import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_COPYABLE;
import static karuta.cryptoki.Cka.CKA_LABEL;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_PRIVATE;
import static karuta.cryptoki.Cka.CKA_TOKEN;
import static karuta.cryptoki.Cka.CKA_VALUE;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.SessionLease;

/// What a token remembers for Karuta besides keys: data objects (PKCS#11 v2.40, section 4.5), seen by nobody who is not
/// logged in, and changed by nobody.
final class DataObject {
  private static final String APPLICATION = "karuta";

  private DataObject() {}

  static Template template(String label, byte[] value) {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.DATA.code()),
        Attribute.of(CKA_TOKEN, true),
        Attribute.of(CKA_PRIVATE, true),
        Attribute.of(CKA_LABEL, label),
        Attribute.of(CKA_APPLICATION, APPLICATION),
        Attribute.of(CKA_VALUE, value),
        Attribute.of(CKA_COPYABLE, false),
        Attribute.of(CKA_MODIFIABLE, false));
  }

  /// What follows a prefix in the labels of all data objects that have it.
  static Set<String> names(SessionLease lease, String prefix) {
    var names = new TreeSet<String>();
    var data = Attribute.of(CKA_CLASS, ObjectClass.DATA.code());
    for (var object : lease.findAll(Template.of(data))) {
      if (lease.read(object, List.of(CKA_LABEL)).getFirst() instanceof AttributeReading.Value label
          && label.attribute().text().startsWith(prefix)) {
        names.add(label.attribute().text().substring(prefix.length()));
      }
    }
    return names;
  }
}
