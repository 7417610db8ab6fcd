package karuta.guard.judged;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Consumer;
import karuta.digest.Sha256;
import karuta.document.DocumentException;
import karuta.guard.client.ChainHead;

/// The file: lines of ASCII, so that people can look into it, and a last one that says how many cards there are and
/// what the SHA-256 of all lines before it is. Written and read as a stream, for millions of cards.
///
/// ```
/// karuta judged cards v1
/// guard guard-1 1042 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU
/// card customer-1 1 12 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU 0 3 06
/// end 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
/// ```
///
/// First a line for the highest place seen in each guard's chain, then one a card: subject, generation, number and hash
/// of its last judgement, wrong answers in a row and in its life, and the draws used as a set of bits in hex, lowest
/// byte first, or `-`.
public final class JudgedFile {
  private static final String FORMAT = "karuta judged cards v1";

  private JudgedFile() {}

  /// What a whole file is.
  ///
  /// @param digest SHA-256 over all lines but the last, 64 lower-case hexadecimal digits: the one that officers sign
  public record Summary(long cards, String digest) {}

  /// Writes a file.
  public static final class Writer {
    private final OutputStream out;
    private final MessageDigest digest = Sha256.start();
    private long cards;

    /// @param heads the highest place seen in each guard's chain
    public Writer(OutputStream out, List<ChainHead> heads) throws IOException {
      this.out = new BufferedOutputStream(out);
      put(FORMAT);
      for (var head : heads) {
        put(line(head));
      }
    }

    /// Adds a card.
    public void add(JudgedCard card) throws IOException {
      put(card.line());
      cards++;
    }

    /// Ends the file; the stream stays open.
    public Summary end() throws IOException {
      var summary = new Summary(cards, Sha256.hex(digest));
      put(line(summary));
      out.flush();
      return summary;
    }

    private void put(String text) throws IOException {
      var bytes = (text + "\n").getBytes(StandardCharsets.US_ASCII);
      digest.update(bytes);
      out.write(bytes);
    }
  }

  private static String line(ChainHead head) {
    return "guard %s %d %s".formatted(head.guard(), head.sequence(), head.hash());
  }

  private static String line(Summary summary) {
    return "end %d %s".formatted(summary.cards(), summary.digest());
  }

  /// Reads a file. What is handed out before may be used only after this method returned.
  ///
  /// @param heads is given the place of each guard, before any card
  /// @param cards is given each card
  /// @throws DocumentException if the file is none, or is damaged
  public static Summary read(
      InputStream file, Consumer<ChainHead> heads, Consumer<JudgedCard> cards) throws IOException {
    var in = new JudgedLines(new BufferedInputStream(file));
    if (!in.next().equals(FORMAT)) {
      throw new DocumentException("not a file of judged cards");
    }
    var line = in.next();
    for (; line.startsWith("guard "); line = in.next()) {
      heads.accept(in.parsed(line, JudgedFile::head));
    }
    var count = 0L;
    for (; line.startsWith("card "); line = in.next()) {
      cards.accept(in.parsed(line, JudgedCard::parse));
      count++;
    }
    var summary = new Summary(count, in.digestBeforeLast());
    if (!line.equals(line(summary)) || !in.ended()) {
      throw in.damaged();
    }
    return summary;
  }

  private static ChainHead head(String line) {
    var field = List.of(line.split(" ", -1));
    var head = new ChainHead(field.get(1), Long.parseLong(field.get(2)), field.get(3));
    if (!line(head).equals(line)) {
      throw new IllegalArgumentException("a head that is written otherwise");
    }
    return head;
  }
}
