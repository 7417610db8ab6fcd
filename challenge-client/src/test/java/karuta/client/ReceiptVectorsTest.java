package karuta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `docs/vectors` and `docs/receipts.md` tell integrators is what this verifier does, and what a verifier without
/// any library of ours does.
class ReceiptVectorsTest {
  private static final ReceiptVectors VECTORS = ReceiptVectors.read();
  private static final Path PAGE = Path.of("../docs/receipts.md");
  private static final Pattern CLAIM = Pattern.compile("(?m)^\\| `(\\w+)` \\| ");
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*\\s*");
  private static final int OLDEST_NODE = 18;

  static List<ReceiptVectors.Vector> vectors() {
    return VECTORS.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void eachIsAsTheFileSays(ReceiptVectors.Vector vector) throws Exception {
    if (vector.failure().isEmpty()) {
      assertThat(VECTORS.verify(vector.receipt()).sequence()).isEqualTo(4711);
    } else {
      assertThatExceptionOfType(ReceiptInvalid.class)
          .isThrownBy(() -> VECTORS.verify(vector.receipt()))
          .withMessage("the receipt is not valid: " + vector.failure().get());
    }
  }

  @Test
  void theFileSaysTheDigestAndTheLeewayOfThisVerifier() {
    assertThat(VECTORS.text("transactionDigest"))
        .isEqualTo(TransactionDigest.of(VECTORS.transaction()));
    assertThat(VECTORS.text("clockLeewaySeconds"))
        .isEqualTo(Long.toString(ReceiptVerifier.CLOCK_LEEWAY.toSeconds()));
  }

  @Test
  void thePageListsTheClaimsOfAReceipt() throws Exception {
    var page = Files.readString(PAGE);
    var table = page.substring(0, page.indexOf("\n## "));
    var listed = CLAIM.matcher(table).results().map(row -> row.group(1)).toList();

    assertThat(SignedJWT.parse(VECTORS.good()).getJWTClaimsSet().getClaims())
        .containsOnlyKeys(listed.toArray(String[]::new));
  }

  @Test
  void nodeAloneFindsTheSame() throws Exception {
    var ended = node(ReceiptVectors.DIRECTORY.resolve(ReceiptVectors.NAME));

    assertThat(ended.said().lines())
        .hasSameSizeAs(VECTORS.all())
        .allMatch(line -> line.startsWith("as expected: "));
    assertThat(ended.code()).isZero();
  }

  @Test
  void theProgramForNodeSaysWhichIsNotAsExpected(@TempDir Path directory) throws Exception {
    var changed = directory.resolve(ReceiptVectors.NAME);
    var text = Files.readString(ReceiptVectors.DIRECTORY.resolve(ReceiptVectors.NAME));
    Files.writeString(changed, text.replace("\"failure\": \"no seq\"", "\"failure\": \"no sub\""));

    var ended = node(changed);

    assertThat(ended.said().lines())
        .filteredOn(line -> line.startsWith("NOT AS EXPECTED: "))
        .containsExactly("NOT AS EXPECTED: without seq: no seq");
    assertThat(ended.code()).isEqualTo(1);
  }

  private record Ended(int code, String said) {}

  private static Ended node(Path vectors) throws Exception {
    requireNode();
    return run(
        "node",
        ReceiptVectors.DIRECTORY.resolve("run.mjs").toString(),
        vectors.toAbsolutePath().toString());
  }

  /// It is an integrator's, and nothing else here needs it; so these two tests go without where it is missing, and say
  /// so.
  private static void requireNode() throws Exception {
    var reason = "vectors not run with Node: ";
    try {
      var version = run("node", "--version").said();
      var matcher = VERSION.matcher(version);
      if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST_NODE) {
        skip(reason + "it is older than " + OLDEST_NODE + ": " + version.strip());
      }
    } catch (IOException e) {
      skip(reason + "it is not on the PATH");
    }
  }

  private static void skip(String reason) {
    System.out.println(reason);
    abort(reason);
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
