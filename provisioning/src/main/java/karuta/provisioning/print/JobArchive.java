package karuta.provisioning.print;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import karuta.digest.Sha256;

/// The files of a job as one ZIP stream, written once from front to back. Every entry bears the same old date, so that
/// the bytes depend on the contents alone, and is listed with its length and digest.
final class JobArchive {
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final List<JobFile> files = new ArrayList<>();

  JobArchive(OutputStream out) {
    zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED); // the PDFs are compressed already
  }

  /// Starts a file; closing the returned stream completes it. One at a time.
  OutputStream file(String name) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(ALWAYS);
    zip.putNextEntry(entry);
    return new Entry(name);
  }

  /// The files completed until now.
  List<JobFile> files() {
    return List.copyOf(files);
  }

  /// Completes the archive and leaves the stream below open.
  void finish() throws IOException {
    zip.finish();
  }

  private final class Entry extends FilterOutputStream {
    private final String name;
    private final MessageDigest sha256 = Sha256.start();
    private long bytes;

    Entry(String name) {
      super(zip);
      this.name = name;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      zip.write(octets, from, length);
      sha256.update(octets, from, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      zip.closeEntry();
      files.add(new JobFile(name, bytes, Sha256.hex(sha256)));
    }
  }
}
