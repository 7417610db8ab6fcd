package karuta.provisioning.cli;

import java.nio.charset.StandardCharsets;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;

/// Makes an object that should remember a number and says nothing: a guard's head, or the last request.
final class DamagedNumber {
  private DamagedNumber() {}

  /// Begins.
  ///
  /// @param arguments `--token`, a token file, the object's label
  public static void main(String[] arguments) {
    var damaged =
        Template.of(
            Attribute.of(Cka.CKA_CLASS, ObjectClass.DATA.code()),
            Attribute.of(Cka.CKA_TOKEN, true),
            Attribute.of(Cka.CKA_PRIVATE, true),
            Attribute.of(Cka.CKA_LABEL, arguments[2]),
            Attribute.of(Cka.CKA_VALUE, "nothing".getBytes(StandardCharsets.UTF_8)),
            Attribute.of(Cka.CKA_COPYABLE, false),
            Attribute.of(Cka.CKA_MODIFIABLE, false));
    TokenOfFile.use(
        arguments,
        token -> token.alone(lease -> lease.cryptoki().createObject(lease.session(), damaged)));
  }
}
