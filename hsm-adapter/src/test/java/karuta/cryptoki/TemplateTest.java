package karuta.cryptoki;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateTest {
  /// SoftHSM refuses what follows `CKA_MODIFIABLE=false`.
  @Test
  void copyableAndModifiableComeLastHoweverItWasPutTogether() {
    var template =
        Template.of(
                Attribute.of(Cka.CKA_MODIFIABLE, false),
                Attribute.of(Cka.CKA_COPYABLE, false),
                Attribute.of(Cka.CKA_SIGN, true))
            .with(Attribute.of(Cka.CKA_LABEL, "key"))
            .with(Attribute.of(Cka.CKA_TOKEN, true));
    assertThat(template.attributes())
        .extracting(Attribute::type)
        .containsExactly(
            Cka.CKA_SIGN, Cka.CKA_LABEL, Cka.CKA_TOKEN, Cka.CKA_COPYABLE, Cka.CKA_MODIFIABLE);
  }

  @Test
  void anAttributeIsReplacedAndTakenAway() {
    var template =
        Template.of(Attribute.of(Cka.CKA_SIGN, true)).with(Attribute.of(Cka.CKA_SIGN, false));
    assertThat(template.attributes()).containsExactly(Attribute.of(Cka.CKA_SIGN, false));
    assertThat(template.without(Cka.CKA_SIGN).attributes()).isEmpty();
    assertThat(template.get(Cka.CKA_SIGN)).contains(Attribute.of(Cka.CKA_SIGN, false));
  }

  @Test
  void aValueIsShownInWordsAndBytesAreNot() {
    assertThat(Attribute.of(Cka.CKA_SIGN, true)).hasToString("true");
    assertThat(Attribute.of(Cka.CKA_CLASS, 4)).hasToString("4");
    assertThat(Attribute.of(Cka.CKA_VALUE, new byte[] {1, 2, 3})).hasToString("3 bytes");
    assertThat(Attribute.of(Cka.CKA_ALLOWED_MECHANISMS, Ckm.CKM_ECDSA, Ckm.CKM_SHA256_HMAC))
        .hasToString("{CKM_ECDSA, CKM_SHA256_HMAC}");
  }
}
