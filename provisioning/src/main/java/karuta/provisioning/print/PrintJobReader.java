package karuta.provisioning.print;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import karuta.document.DocumentException;
import karuta.document.SignedData;
import karuta.document.WriteFailed;
import karuta.provisioning.print.PrintJobException.Reason;

/// Opens a print job in four steps, each of which must end before the next looks at anything: decrypt the whole file
/// and check its tag; check the signature over the whole content; unpack; check every digest and count. Only then does
/// the folder get its name. Until then everything lies in a private folder beside it, which a failure removes.
public final class PrintJobReader {
  private static final String PREFIX = ".karuta-open-";
  private static final Pattern NAME =
      Pattern.compile("(records-[0-9]{5}\\.jsonl|cards-[0-9]{5}\\.pdf|manifest\\.json)");
  private static final FileAttribute<?> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final BureauKey key;
  private final X509Certificate signer;
  private final Instant now;
  private final BooleanSupplier stopped;

  /// @param signer the issuer's certificate, as it was pinned
  /// @param now decides whether the job may still be printed
  /// @param stopped whether the user wants to end
  public PrintJobReader(
      BureauKey key, X509Certificate signer, Instant now, BooleanSupplier stopped) {
    this.key = key;
    this.signer = signer;
    this.now = now;
    this.stopped = stopped;
  }

  /// Folders beside `out` in which a job is, or was when its process was killed, being opened. They may hold layouts in
  /// the clear, so somebody must be told.
  public List<Path> leftBehind(Path out) throws IOException {
    var found = new ArrayList<Path>();
    var parent = out.toAbsolutePath().normalize().getParent();
    if (parent != null && Files.isDirectory(parent)) {
      try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
        folders.forEach(found::add);
      }
    }
    return found;
  }

  /// Makes sure that a job and a place for it are there.
  public void requireReady(Path job, Path out) throws IOException {
    var target = out.toAbsolutePath().normalize();
    refuseToOverwrite(target);
    var parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new NoSuchFileException(String.valueOf(parent));
    }
    if (!Files.exists(job)) {
      throw new NoSuchFileException(job.toString());
    }
  }

  /// Opens `job` into the new folder `out`.
  ///
  /// @throws PrintJobException if the job may not be used; nothing is left behind
  /// @throws FileAlreadyExistsException if `out` exists
  public JobManifest open(Path job, Path out) throws IOException {
    requireReady(job, out);
    var target = out.toAbsolutePath().normalize();
    var folder = Files.createTempDirectory(target.getParent(), PREFIX, PRIVATE_FOLDER);
    try {
      var signed = Files.createFile(folder.resolve("signed"), PRIVATE_FILE);
      decrypt(job, signed);
      verify(signed);
      var content = Files.createDirectory(folder.resolve("content"), PRIVATE_FOLDER);
      unpack(signed, content);
      var manifest =
          new JobCheck(content, stopped).check(Certificates.fingerprint(key.certificate()), now);
      refuseToOverwrite(target);
      Files.move(content, target, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } finally {
      remove(folder);
    }
  }

  private static void refuseToOverwrite(Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  private void decrypt(Path job, Path signed) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(job));
        var out =
            new BufferedOutputStream(WriteFailed.naming(signed, Files.newOutputStream(signed)))) {
      Envelope.open(in, key, Stop.writing(out, stopped));
    }
  }

  private void verify(Path signed) throws IOException {
    read(signed, content -> signed);
  }

  private void unpack(Path signed, Path folder) throws IOException {
    read(
        signed,
        content -> {
          var zip = new ZipInputStream(content);
          for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!NAME.matcher(entry.getName()).matches()) {
              throw new PrintJobException(
                  Reason.DAMAGED, "the print job holds a file that does not belong there");
            }
            unpack(zip, folder.resolve(entry.getName()));
          }
          return folder;
        });
  }

  private static void unpack(InputStream content, Path file) throws IOException {
    try (var out =
        WriteFailed.naming(file, Files.newOutputStream(Files.createFile(file, PRIVATE_FILE)))) {
      content.transferTo(out);
    } catch (FileAlreadyExistsException e) {
      throw new PrintJobException(
          Reason.DAMAGED, "the print job holds a file twice: " + file.getFileName(), e);
    }
  }

  private void read(Path signed, SignedData.ContentReader<Path> reader) throws IOException {
    try (var in = Stop.reading(new BufferedInputStream(Files.newInputStream(signed)), stopped)) {
      SignedData.verify(in, signer, reader);
    } catch (DocumentException e) {
      throw new PrintJobException(
          Reason.WRONG_SIGNER,
          "the print job is not signed by the certificate given: " + e.getMessage(),
          e);
    } catch (ZipException e) {
      throw new PrintJobException(Reason.DAMAGED, "the print job cannot be unpacked", e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
