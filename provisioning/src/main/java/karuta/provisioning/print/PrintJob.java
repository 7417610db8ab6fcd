package karuta.provisioning.print;

import java.io.IOException;
import java.nio.file.Path;
import karuta.card.Serial;
import karuta.provisioning.layout.Layout;

/// A print job being written. A batch adds its cards one after the other, then calls [#finish]; without that, [#close]
/// abandons the job and leaves no readable file.
///
/// A layout is never kept: the caller wipes it as soon as [#add] has returned. What a card's page says of it waits in
/// memory for the page's PDF to be complete, some hundred cards at most, and reaches a disk only encrypted.
public interface PrintJob extends AutoCloseable {
  /// Adds one card.
  ///
  /// @throws IllegalStateException if the order's number of cards is reached
  void add(Serial serial, Layout layout) throws IOException;

  /// Completes, signs and encrypts the job, and forces it to the disk.
  ///
  /// @return what the bureau's report will name it by
  /// @throws IllegalStateException if fewer cards were added than ordered
  Finished finish() throws IOException;

  /// Gives everything back; abandons the job if it is not finished.
  @Override
  void close() throws IOException;

  /// What tells one finished job from every other.
  ///
  /// @param job its name
  /// @param manifestDigest SHA-256 over its manifest, 64 hex digits
  record Finished(String job, String manifestDigest) {}

  /// Starts print jobs.
  interface Factory {
    /// Starts a job written to `file`, which must not exist. A batch passes a temporary name and renames it at its end.
    PrintJob open(Path file, PrintOrder order) throws IOException;
  }
}
