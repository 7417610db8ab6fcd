package karuta.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.SignedJWT;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.client.ReceiptVectors.Vector;
import org.junit.jupiter.api.Test;

/// Whatever becomes of a receipt on its way: it is refused as [ReceiptInvalid] and as nothing else, or states what it
/// stated.
class DamagedReceiptTest {
  private static final ReceiptVectors VECTORS = ReceiptVectors.read();
  private static final String GOOD = VECTORS.good();
  private static final String ODD = "A_-.=\0 \n\"{é\uD83C";

  private static Optional<Receipt> verified(String receipt) {
    try {
      return Optional.of(VECTORS.verify(receipt));
    } catch (ReceiptInvalid _) {
      return Optional.empty();
    }
  }

  @Test
  void aReceiptThatIsCutOffIsRefused() {
    for (var length = 0; length < GOOD.length(); length++) {
      assertThat(verified(GOOD.substring(0, length))).as("%s characters", length).isEmpty();
      assertThat(verified(GOOD.substring(length + 1))).as("from %s", length + 1).isEmpty();
    }
  }

  /// The last character has four bits that stand for nothing (RFC 4648 section 3.5): another text for the same bytes.
  @Test
  void noOtherCharacterButTheLastCanBeAnother() throws Exception {
    var receipt = VECTORS.verify(GOOD);
    for (var place = 0; place < GOOD.length(); place++) {
      for (var i = 0; i < ODD.length(); i++) {
        var other = ODD.charAt(i);
        var damaged = GOOD.substring(0, place) + other + GOOD.substring(place + 1);
        if (!damaged.equals(GOOD)) {
          var verified = verified(damaged);
          if (place < GOOD.length() - 1) {
            assertThat(verified).as("%s at %s", (int) other, place).isEmpty();
          } else {
            verified.ifPresent(same -> assertThat(same).isEqualTo(receipt));
          }
        }
      }
    }
  }

  @Test
  void partsOfReceiptsMakeNoOther() {
    var counts = VECTORS.all().stream().filter(vector -> vector.failure().isEmpty());
    var valid = counts.map(Vector::receipt).toList();
    for (var header : parts(0)) {
      for (var claims : parts(1)) {
        for (var signature : parts(2)) {
          var mixed = header + "." + claims + "." + signature;
          assertThat(verified(mixed).isPresent()).as(mixed).isEqualTo(valid.contains(mixed));
        }
      }
    }
  }

  private static List<String> parts(int place) {
    return VECTORS.all().stream()
        .map(vector -> vector.receipt().split("\\.", -1))
        .filter(parts -> place < parts.length)
        .map(parts -> parts[place])
        .distinct()
        .toList();
  }

  @Test
  void aSignedClaimOfAnyKindIsReadOrRefused() throws Exception {
    var claims = SignedJWT.parse(GOOD).getJWTClaimsSet().toJSONObject();
    var odd =
        List.<Object>of(
            true,
            0,
            -1,
            1.5,
            1e300,
            Long.MAX_VALUE,
            "",
            "x",
            "\0",
            List.of(),
            List.of(1),
            Map.of());
    for (var name : claims.keySet()) {
      for (var value : odd) {
        var changed = new HashMap<>(claims);
        changed.put(name, value);
        verified(signed(new Payload(changed)));
      }
    }
    for (var payload : List.of("", "x", "null", "[]", "1", "{", "{}", "[".repeat(20_000))) {
      assertThat(verified(signed(new Payload(payload)))).as(payload).isEmpty();
    }
  }

  private static String signed(Payload payload) throws Exception {
    var header = JWSHeader.parse(SignedJWT.parse(GOOD).getHeader().toBase64URL());
    var jws = new JWSObject(header, payload);
    jws.sign(new ECDSASigner(VECTORS.testKey()));
    return jws.serialize();
  }
}
