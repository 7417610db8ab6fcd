package karuta.provisioning.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.document.NewFile;
import karuta.document.SignedData;
import karuta.document.SignedDocument;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedDocumentTest {
  private static final PlainSigner ISSUER = new PlainSigner("issuer-1");
  private static final PlainSigner STRANGER = new PlainSigner("issuer-1");
  private static final byte[] TEXT = "what was signed\n".repeat(500).getBytes(UTF_8);

  @Test
  void whatIsSignedIsRead() throws Exception {
    assertThat(read(signed(TEXT, ISSUER), ISSUER)).isEqualTo(TEXT);
  }

  @Test
  void anotherProgramReadsItToo() throws Exception {
    var cms = new CMSSignedData(signed(TEXT, ISSUER));
    assertThat((byte[]) cms.getSignedContent().getContent()).isEqualTo(TEXT);
    assertThat(cms.getSignerInfos().size()).isOne();
  }

  @Test
  void whatTheReaderLeavesIsStillChecked() throws Exception {
    var first =
        SignedData.verify(
            new ByteArrayInputStream(signed(TEXT, ISSUER)),
            ISSUER.certificate(),
            content -> content.read());
    assertThat(first).isEqualTo('w');
  }

  @Test
  void aStrangersSignatureIsRefused() throws Exception {
    var document = signed(TEXT, STRANGER);
    assertThatThrownBy(() -> read(document, ISSUER))
        .isInstanceOf(DocumentException.class)
        .hasMessage("the signature is not by the key of CN=issuer-1, or the file was changed");
  }

  @Test
  void aSignerIdentifierOfAnotherCertificateIsRefused() throws Exception {
    var document = signed(TEXT, ISSUER);
    var issuer = ISSUER.certificate().getIssuerX500Principal().getEncoded();
    var identifier = lastIndexOf(document, issuer);
    assertThat(identifier).isPositive();
    var end = identifier + issuer.length;
    // the last digit of the name; the one byte of the serial number, after its tag and length
    for (var at : new int[] {end - 1, end + 2}) {
      var changed = document.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> read(changed, ISSUER)).isInstanceOf(DocumentException.class);
    }
    // a capital for a small letter: the same name to whoever compares names as directories do
    var capital = document.clone();
    capital[end - "r-1".length()] ^= 0x20;
    assertThatThrownBy(() -> read(capital, ISSUER)).isInstanceOf(DocumentException.class);
  }

  private static int lastIndexOf(byte[] all, byte[] part) {
    for (var at = all.length - part.length; at >= 0; at--) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }

  @Test
  void noChangedByteIsAccepted() throws Exception {
    var document = signed("short".getBytes(UTF_8), ISSUER);
    var random = new Random(3);
    var unnoticed = 0;
    for (var i = 0; i < document.length; i++) {
      var changed = document.clone();
      changed[i] ^= (byte) (1 + random.nextInt(255));
      try {
        // The enclosed certificate is not what is trusted, so a change there may pass; the content
        // may not change.
        assertThat(read(changed, ISSUER)).isEqualTo("short".getBytes(UTF_8));
        unnoticed++;
      } catch (IOException refused) {
        assertThat(refused).isInstanceOf(DocumentException.class);
      }
    }
    assertThat(unnoticed).isLessThan(document.length / 2);
  }

  @Test
  void aDocumentCutAnywhereIsRefused() throws Exception {
    var document = signed(TEXT, ISSUER);
    for (var length = 0; length < document.length; length += 97) {
      var cut = Arrays.copyOf(document, length);
      assertThatThrownBy(() -> read(cut, ISSUER)).isInstanceOf(DocumentException.class);
    }
  }

  @Test
  void aDiskThatCannotBeReadIsNoDamage() throws Exception {
    var document = signed(TEXT, ISSUER);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("input/output error");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("input/output error");
          }
        };
    var disk =
        new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(document, 4000)), broken);
    assertThatThrownBy(
            () -> SignedData.verify(disk, ISSUER.certificate(), content -> content.readAllBytes()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("input/output error");
  }

  @Test
  void somethingBehindItIsRefused() throws Exception {
    var document = signed(TEXT, ISSUER);
    var longer = Arrays.copyOf(document, document.length + 1);
    assertThatThrownBy(() -> read(longer, ISSUER)).isInstanceOf(DocumentException.class);
  }

  @Test
  void aFileIsThereWholeOrNotAtAll(@TempDir Path directory) throws Exception {
    var file = directory.resolve("a");
    assertThatThrownBy(
            () ->
                NewFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(directory).isEmptyDirectory();
    NewFile.write(file, out -> out.write(1));
    assertThatThrownBy(() -> NewFile.write(file, out -> out.write(2)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readAllBytes(file)).containsExactly(1);
    assertThat(directory).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void aNameTakenMeanwhileIsNotTakenOver(@TempDir Path directory) throws Exception {
    var file = directory.resolve("a");
    assertThatThrownBy(
            () ->
                NewFile.write(
                    file,
                    out -> {
                      Files.writeString(file, "another's");
                      out.write(1);
                    }))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("another's");
  }

  private static byte[] signed(byte[] content, DocumentSigner signer) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var document = SignedDocument.write(out, signer)) {
      document.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] read(byte[] document, DocumentSigner pinned) throws IOException {
    return SignedData.verify(
        new ByteArrayInputStream(document),
        pinned.certificate(),
        content -> content.readAllBytes());
  }
}
