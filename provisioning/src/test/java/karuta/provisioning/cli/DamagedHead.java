package karuta.provisioning.cli;

import java.nio.charset.StandardCharsets;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.key.JournalHeads;

/// Makes a head of a guard that says nothing, as no guard does.
final class DamagedHead {
  private DamagedHead() {}

  /// Begins.
  ///
  /// @param arguments `--token`, a token file, a guard's name
  public static void main(String[] arguments) {
    var head =
        Template.of(
            Attribute.of(Cka.CKA_CLASS, ObjectClass.DATA.code()),
            Attribute.of(Cka.CKA_TOKEN, true),
            Attribute.of(Cka.CKA_PRIVATE, true),
            Attribute.of(Cka.CKA_LABEL, JournalHeads.label(arguments[2])),
            Attribute.of(Cka.CKA_VALUE, "nothing".getBytes(StandardCharsets.UTF_8)),
            Attribute.of(Cka.CKA_COPYABLE, false),
            Attribute.of(Cka.CKA_MODIFIABLE, false));
    TokenOfFile.use(
        arguments,
        token -> token.alone(lease -> lease.cryptoki().createObject(lease.session(), head)));
  }
}
