package karuta.provisioning.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.document.DocumentException;
import karuta.document.SignedDocument;
import karuta.provisioning.document.PlainSigner;
import karuta.token.key.TokenKdf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeremonyFileTest {
  private static final PlainSigner ISSUER = new PlainSigner("issuer-1");
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Request REQUEST =
      new Request(
          new EpochId("2026a"),
          "0123456789abcdef",
          AgreementUse.DEVELOPMENT,
          List.of(Kdf.CKD_NULL),
          new byte[65],
          NOW);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("file");
  }

  /// Signed by the right key, whatever it says.
  private void sign(String content) throws IOException {
    try (var out = Files.newOutputStream(file());
        var document = SignedDocument.write(out, ISSUER)) {
      document.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text() {
    var text = new Text();
    REQUEST.write(text);
    return new String(text.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    var written = CeremonyFile.write(file(), REQUEST, ISSUER);
    var read = CeremonyFile.request(file(), ISSUER.certificate());
    assertThat(read.fingerprint()).isEqualTo(written.fingerprint());
    assertThat(read.message().issuerToken()).isEqualTo("0123456789abcdef");
    assertThat(read.message().kdfs()).containsExactly(Kdf.CKD_NULL);
    sign(text());
    assertThat(CeremonyFile.request(file(), ISSUER.certificate()).digest())
        .isEqualTo(written.digest());
  }

  @Test
  void anotherSignerIsRefused() throws Exception {
    CeremonyFile.write(file(), REQUEST, ISSUER);
    assertThatThrownBy(
            () -> CeremonyFile.request(file(), new PlainSigner("issuer-2").certificate()))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("the signature is not by the key of");
  }

  @Test
  void aRequestIsNoResponse() throws Exception {
    CeremonyFile.write(file(), REQUEST, ISSUER);
    assertThatThrownBy(() -> CeremonyFile.response(file(), ISSUER.certificate()))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("not a karuta agreement response v2");
  }

  /// A signer can put anything into a text; none of it may break out of the settings file it ends up in.
  @ParameterizedTest
  @ValueSource(
      strings = {"a\\" + "\"", "a\\nchannel = 1", "a\\\\", "a\\u001b[2J", "\\u65e5\\u672c"})
  void aTextThatCannotBeWrittenIsNotRead(String escaped) throws Exception {
    sign(text().replace("0123456789abcdef", escaped));
    assertThatThrownBy(() -> CeremonyFile.request(file(), ISSUER.certificate()))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("not a value a ceremony file can hold");
  }

  @Test
  void unknownAndMissingFieldsAreRefused() throws Exception {
    sign(text().replace("\"epoch\"", "\"epochs\""));
    assertThatThrownBy(() -> CeremonyFile.request(file(), ISSUER.certificate()))
        .isInstanceOf(DocumentException.class);
    sign(text().replace("{", "{ \"more\": \"1\", "));
    assertThatThrownBy(() -> CeremonyFile.request(file(), ISSUER.certificate()))
        .isInstanceOf(DocumentException.class);
  }

  /// A signer of one side cannot have a key without derivation taken for one that customers' cards may rest on.
  @Test
  void withoutADerivationAFileIsMarkedOrNotRead() throws Exception {
    sign(text().replace("\"development\"", "\"production\""));
    assertThatThrownBy(() -> CeremonyFile.request(file(), ISSUER.certificate()))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("is for agreements marked development only");
    var kdf = TokenKdf.standard(Kdf.CKD_NULL);
    var response =
        new Response(
            new EpochId("2026a"),
            "0".repeat(64),
            "22",
            AgreementUse.DEVELOPMENT,
            kdf,
            new byte[65],
            NOW);
    var text = new Text();
    response.write(text);
    sign(
        new String(text.toBytes(), StandardCharsets.UTF_8)
            .replace("\"development\"", "\"production\""));
    assertThatThrownBy(() -> CeremonyFile.response(file(), ISSUER.certificate()))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("is for agreements marked development only");
    var confirmation = new Confirmation(response, "0".repeat(64), "11", kdf, new byte[32], NOW);
    text = new Text();
    confirmation.write(text);
    sign(
        new String(text.toBytes(), StandardCharsets.UTF_8)
            .replace("\"development\"", "\"production\""));
    assertThatThrownBy(() -> CeremonyFile.confirmation(file(), ISSUER.certificate()))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("is for agreements marked development only");
  }

  @Test
  void aConfirmationOfTwoDerivationsIsNotMade() {
    var response =
        new Response(
            new EpochId("2026a"),
            "0".repeat(64),
            "22",
            AgreementUse.PRODUCTION,
            TokenKdf.standard(Kdf.CKD_SHA256_KDF),
            new byte[65],
            NOW);
    assertThatThrownBy(
            () ->
                new Confirmation(
                    response,
                    "0".repeat(64),
                    "11",
                    TokenKdf.standard(Kdf.CKD_SHA256_KDF_SP800),
                    new byte[32],
                    NOW))
        .hasMessage(
            "the issuer has derived with CKD_SHA256_KDF_SP800, the verifier with CKD_SHA256_KDF");
  }
}
