package karuta.provisioning.batch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import karuta.bundle.BundleManifest;
import karuta.bundle.BundleReader;
import karuta.bundle.BundleSummary;
import karuta.bundle.BundleWriter;
import karuta.bundle.CardBook;
import karuta.document.DocumentSigner;
import karuta.document.SignedData;
import karuta.document.SignedDocument;
import karuta.document.WriteFailed;

/// A bundle as a file: a body inside CMS SignedData, written and read as a stream.
public final class BundleFile implements AutoCloseable {
  private final FileChannel channel;
  private final OutputStream file;
  private final OutputStream document;
  private final BundleWriter body;

  private BundleFile(
      FileChannel channel, OutputStream file, OutputStream document, BundleWriter body) {
    this.channel = channel;
    this.file = file;
    this.document = document;
    this.body = body;
  }

  /// Starts a new file.
  static BundleFile create(Path path, BundleManifest manifest, DocumentSigner signer)
      throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      var file =
          new BufferedOutputStream(
              WriteFailed.naming(path, Channels.newOutputStream(channel)), 64 * 1024);
      var document = new BufferedOutputStream(SignedDocument.write(file, signer), 64 * 1024);
      return new BundleFile(channel, file, document, new BundleWriter(document, manifest));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  void add(CardBook book) throws IOException {
    body.add(book);
  }

  /// Completes, signs, and forces to the disk.
  BundleSummary finish() throws IOException {
    var summary = body.finish();
    document.close();
    file.flush();
    channel.force(true);
    return summary;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// Reads a bundle to its end and checks its signature and its body.
  ///
  /// @param pinned the issuer's certificate
  /// @param reader sees every card before anything is known to be right
  /// @throws IOException naming what is wrong
  public static Content read(Path path, X509Certificate pinned, CardReader reader)
      throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(path), 64 * 1024)) {
      return SignedData.verify(
          in,
          pinned,
          content -> {
            var body = new BundleReader(content);
            for (var card = body.next(); card.isPresent(); card = body.next()) {
              reader.card(card.get());
            }
            return new Content(body.manifest(), body.summary());
          });
    }
  }

  /// What a whole bundle says of itself.
  public record Content(BundleManifest manifest, BundleSummary summary) {}

  /// Sees the cards of a bundle.
  @FunctionalInterface
  public interface CardReader {
    void card(CardBook book) throws IOException;
  }
}
