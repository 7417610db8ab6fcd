package karuta.provisioning.ceremony;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import karuta.digest.Sha256;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.document.NewFile;
import karuta.document.SignedData;
import karuta.document.SignedDocument;
import karuta.fields.Fields;

/// A message with the digest of the bytes that were signed. Files are created under another name and moved into place
/// when they are complete, so whoever waits for one never reads half of it.
///
/// @param message what it says
/// @param digest SHA-256 of its content, 64 hex digits
/// @param <M> which of the three it is
public record CeremonyFile<M extends Message>(M message, String digest) {
  private static final int MAX_CONTENT = 8 * 1024;

  /// What people compare.
  public Fingerprint fingerprint() {
    return Fingerprint.ofDigest(digest);
  }

  /// Signs a message and writes it.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if there is such a file
  public static <M extends Message> CeremonyFile<M> write(
      Path file, M message, DocumentSigner signer) throws IOException {
    var text = new Text();
    message.write(text);
    var content = text.toBytes();
    NewFile.write(
        file,
        out -> {
          try (var document = SignedDocument.write(out, signer)) {
            document.write(content);
          }
        });
    return new CeremonyFile<>(message, Sha256.hex(content));
  }

  /// Reads a request signed by `pinned`.
  ///
  /// @throws DocumentException if it is damaged, is something else, or was signed by another key
  public static CeremonyFile<Request> request(Path file, X509Certificate pinned)
      throws IOException {
    return read(file, pinned, Request.FORMAT, Request::read);
  }

  /// Reads a response signed by `pinned`.
  ///
  /// @throws DocumentException if it is damaged, is something else, or was signed by another key
  public static CeremonyFile<Response> response(Path file, X509Certificate pinned)
      throws IOException {
    return read(file, pinned, Response.FORMAT, Response::read);
  }

  /// Reads a confirmation signed by `pinned`.
  ///
  /// @throws DocumentException if it is damaged, is something else, or was signed by another key
  public static CeremonyFile<Confirmation> confirmation(Path file, X509Certificate pinned)
      throws IOException {
    return read(file, pinned, Confirmation.FORMAT, Confirmation::read);
  }

  private static <M extends Message> CeremonyFile<M> read(
      Path file, X509Certificate pinned, String format, Function<Fields, M> reader)
      throws IOException {
    byte[] content;
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      content = SignedData.verify(in, pinned, stream -> stream.readNBytes(MAX_CONTENT));
    } catch (DocumentException e) {
      throw new DocumentException(file + ": " + e.getMessage(), e);
    }
    try {
      var fields = Fields.parse(content);
      if (!fields.text("format").equals(format)) {
        throw new IllegalArgumentException("not a " + format);
      }
      var message = reader.apply(fields);
      fields.end();
      // What cannot be written is not read either: these values go on into settings files and onto
      // screens.
      message.write(new Text());
      return new CeremonyFile<>(message, Sha256.hex(content));
    } catch (IllegalArgumentException e) {
      throw new DocumentException(file + ": " + e.getMessage(), e);
    }
  }
}
