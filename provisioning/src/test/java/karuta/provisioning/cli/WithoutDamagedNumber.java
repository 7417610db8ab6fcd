package karuta.provisioning.cli;

import java.nio.charset.StandardCharsets;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;

/// Takes from a token what [DamagedNumber] has made, and nothing else.
final class WithoutDamagedNumber {
  private WithoutDamagedNumber() {}

  /// Begins.
  ///
  /// @param arguments `--token`, a token file, the object's label
  public static void main(String[] arguments) {
    var damaged =
        Template.of(
            Attribute.of(Cka.CKA_CLASS, ObjectClass.DATA.code()),
            Attribute.of(Cka.CKA_LABEL, arguments[2]),
            Attribute.of(Cka.CKA_VALUE, "nothing".getBytes(StandardCharsets.UTF_8)));
    TokenOfFile.use(
        arguments,
        token ->
            token.alone(
                lease -> {
                  var found = lease.findAll(damaged);
                  found.forEach(one -> lease.cryptoki().destroyObject(lease.session(), one));
                  return found;
                }));
  }
}
