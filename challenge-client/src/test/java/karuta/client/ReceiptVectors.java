package karuta.client;

import com.google.protobuf.util.JsonFormat;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.v1.Purpose;
import karuta.v1.Transaction;

/// The published vectors of receipts, and the verifier that is right for them.
record ReceiptVectors(Map<String, Object> file) {
  /// Where they and the program for Node lie.
  static final Path DIRECTORY = Path.of("../docs/vectors");

  static final String NAME = "receipts.json";

  /// One of them.
  ///
  /// @param failure why it is refused; none if it counts
  record Vector(String name, String receipt, Optional<String> failure) {
    @Override
    public String toString() {
      return name;
    }
  }

  static ReceiptVectors read() {
    try {
      return new ReceiptVectors(JSONObjectUtils.parse(Files.readString(DIRECTORY.resolve(NAME))));
    } catch (IOException | ParseException e) {
      throw new AssertionError(e);
    }
  }

  List<Vector> all() {
    try {
      return Arrays.stream(JSONObjectUtils.getJSONObjectArray(file, "receipts"))
          .map(
              one ->
                  new Vector(
                      String.valueOf(one.get("name")),
                      String.valueOf(one.get("receipt")),
                      Optional.ofNullable(one.get("failure")).map(Object::toString)))
          .toList();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /// The first of them, which counts.
  String good() {
    return all().getFirst().receipt();
  }

  Receipt verify(String receipt) throws ReceiptInvalid {
    return verifier().verify(receipt, text("subject"), purpose(), transaction());
  }

  /// The private key that is published with them.
  ECKey testKey() {
    try {
      return ECKey.parse(part("publishedTestKeyPair"));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  String text(String name) {
    return String.valueOf(file.get(name));
  }

  Transaction transaction() {
    try {
      var transaction = Transaction.newBuilder();
      JsonFormat.parser().merge(JSONObjectUtils.toJSONString(part("transaction")), transaction);
      return transaction.build();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Purpose purpose() {
    return Purpose.valueOf(text("purpose"));
  }

  private ReceiptVerifier verifier() {
    try {
      var age = Duration.ofSeconds(Long.parseLong(text("longestAgeSeconds")));
      var now = Instant.parse(text("now"));
      return new ReceiptVerifier(
          JWKSet.parse(part("keys")),
          new ReceiptVerifier.Terms(text("issuer"), text("audience"), age),
          () -> now);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> part(String name) {
    try {
      return JSONObjectUtils.getJSONObject(file, name);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }
}
