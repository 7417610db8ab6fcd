package karuta.approval;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.document.SignedData;
import karuta.document.SignedDocument;

/// A request with one person's signature: CMS SignedData (RFC 5652) with the request inside. It approves nothing until
/// [Officers] has verified and counted it.
public final class Approval {
  private static final int LONGEST = ApprovalRequest.LONGEST + (1 << 16);

  private final String name;
  private final byte[] document;

  /// @param name the file it came from, as people know it
  public Approval(String name, byte[] document) {
    this.name = name;
    this.document = document.clone();
  }

  /// Signs a request.
  public static Approval sign(ApprovalRequest request, DocumentSigner signer) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var document = SignedDocument.write(bytes, signer)) {
      document.write(request.toBytes());
    }
    return new Approval("", bytes.toByteArray());
  }

  /// Takes an approval from its file, unread.
  public static Approval in(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new Approval(file.toString(), in.readNBytes(LONGEST + 1));
    }
  }

  /// The file it came from.
  public String name() {
    return name;
  }

  /// The signed file.
  public byte[] document() {
    return document.clone();
  }

  /// What was signed.
  ///
  /// @throws DocumentException if it was not signed with the key of this certificate, or was changed
  byte[] signedBy(X509Certificate certificate) throws IOException {
    if (document.length > LONGEST) {
      throw new DocumentException("longer than an approval can be");
    }
    return SignedData.verify(
        new ByteArrayInputStream(document),
        certificate,
        content -> content.readNBytes(ApprovalRequest.LONGEST + 1));
  }
}
