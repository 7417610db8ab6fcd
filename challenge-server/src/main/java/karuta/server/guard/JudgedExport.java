package karuta.server.guard;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import karuta.guard.judged.JudgedCard;
import karuta.guard.judged.JudgedFile;
import karuta.server.store.Store;
import karuta.server.store.Tx;

/// Writes the file of `karuta export-judged`: what the store has recorded of the guard's judgements, page by page from
/// one snapshot of the store. A guard whose journal was lost is rebuilt from it.
public final class JudgedExport {
  private static final int PAGE = 1_000;

  private JudgedExport() {}

  /// Writes the file.
  ///
  /// @throws karuta.database.DatabaseUnavailable if the store does not answer
  public static JudgedFile.Summary write(Store store, OutputStream out) throws IOException {
    try {
      return store.read(tx -> write(tx, out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static JudgedFile.Summary write(Tx tx, OutputStream out) {
    try {
      var file = new JudgedFile.Writer(out, tx.guardHeads().all());
      Optional<JudgedCard> last = Optional.empty();
      List<JudgedCard> page;
      do {
        page = tx.judged().after(last, PAGE);
        for (var card : page) {
          file.add(card);
          last = Optional.of(card);
        }
      } while (!page.isEmpty());
      return file.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
