package karuta.approval;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import karuta.document.DocumentException;

/// What shall be done, by whom, and until when: a text of a few lines that people read before they sign it.
///
/// ```
/// karuta request v1
/// for: guard guard-1
/// number: 3
/// expires: 2026-01-06T09:00:00Z
/// reason: the customer was asked at the counter
/// state: guard-1:1042:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU
/// action: enable card customer-1:1
/// ```
///
/// UTF-8, each line ended by a line feed; `state` may be there any number of times, `action` once or more. There is no
/// other way to write the same request: whatever is not byte for byte what [#toBytes] gives is refused.
///
/// @param addressee who shall do it; printable ASCII, as states and actions are
/// @param number one more than that of the last request the addressee carried out
/// @param expires when it ends, in whole seconds
/// @param reason one line for those who read it now or in ten years, 1 to 200 characters
/// @param state what the addressee has to know, or it is not the one that was meant, or an older copy of it
/// @param actions what to do, in this order, as the addressee reads it
public record ApprovalRequest(
    String addressee,
    long number,
    Instant expires,
    String reason,
    List<String> state,
    List<String> actions) {
  /// No request is longer, in bytes.
  public static final int LONGEST = 1 << 20;

  private static final String FORMAT = "karuta request v1";
  private static final Pattern WORDS = Pattern.compile("(?=.{1,300}$)[!-~]+( [!-~]+)*");
  private static final int LONGEST_REASON = 200;

  /// Control, format and unassigned characters, and line and paragraph separators: they could show people something
  /// else than what they sign.
  private static final Pattern NOT_PLAIN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  /// Stands for what could not be read, as a word of the command line where the locale has no such letter.
  private static final char LOST = '\uFFFD';

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  public ApprovalRequest {
    state = List.copyOf(state);
    actions = List.copyOf(actions);
    requireWords(addressee);
    state.forEach(ApprovalRequest::requireWords);
    actions.forEach(ApprovalRequest::requireWords);
    require(number >= 1, "a request's number is 1 or more");
    require(
        expires.equals(expires.truncatedTo(ChronoUnit.SECONDS))
            && expires.isAfter(Instant.EPOCH)
            && !expires.isAfter(LAST),
        "a request ends at a whole second");
    require(
        reason.indexOf(LOST) < 0,
        "letters of the reason were lost on their way here; set LC_ALL to C.UTF-8, or use ASCII alone");
    require(
        !reason.isEmpty()
            && reason.length() <= LONGEST_REASON
            && reason.equals(reason.strip())
            && !NOT_PLAIN.matcher(reason).find()
            && Normalizer.isNormalized(reason, Normalizer.Form.NFC),
        "a reason is one line of 1 to 200 characters, without spaces at its ends");
    require(!actions.isEmpty(), "a request asks for something");
    require(
        text(addressee, number, expires, reason, state, actions).length <= LONGEST,
        "a request has at most " + LONGEST + " bytes; make two of it");
  }

  private static void requireWords(String line) {
    require(
        WORDS.matcher(line).matches(),
        "addressee, states and actions are words of printable ASCII with one space between");
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }

  /// The one form of this request.
  public byte[] toBytes() {
    return text(addressee, number, expires, reason, state, actions);
  }

  private static byte[] text(
      String addressee,
      long number,
      Instant expires,
      String reason,
      List<String> state,
      List<String> actions) {
    var lines = new ArrayList<String>();
    lines.add(FORMAT);
    lines.add("for: " + addressee);
    lines.add("number: " + number);
    lines.add("expires: " + expires);
    lines.add("reason: " + reason);
    state.forEach(one -> lines.add("state: " + one));
    actions.forEach(one -> lines.add("action: " + one));
    lines.add("");
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /// What names it.
  public RequestDigest digest() {
    return RequestDigest.of(toBytes());
  }

  /// Whether it may be carried out at that time.
  public boolean inForce(Instant now) {
    return now.isBefore(expires);
  }

  /// Reads the file of a request.
  ///
  /// @throws DocumentException if it is none, or not in its one form
  public static ApprovalRequest read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return parse(in.readNBytes(LONGEST + 1));
    } catch (IllegalArgumentException e) {
      throw new DocumentException(file + ": " + e.getMessage(), e);
    }
  }

  /// Reads a request.
  ///
  /// @throws IllegalArgumentException if it is none, or not in its one form
  public static ApprovalRequest parse(byte[] bytes) {
    require(
        Arrays.equals(
            Arrays.copyOf(bytes, FORMAT.length()), FORMAT.getBytes(StandardCharsets.US_ASCII)),
        "not a " + FORMAT);
    ApprovalRequest request;
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      var text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
      var lines = new ArrayDeque<>(List.of(text.split("\n", -1)));
      require(FORMAT.equals(lines.poll()), "not a " + FORMAT);
      request =
          new ApprovalRequest(
              field(lines, "for"),
              Long.parseLong(field(lines, "number")),
              Instant.parse(field(lines, "expires")),
              field(lines, "reason"),
              fields(lines, "state"),
              fields(lines, "action"));
    } catch (CharacterCodingException | DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException("a damaged " + FORMAT, e);
    }
    require(Arrays.equals(request.toBytes(), bytes), "not in the one form of a " + FORMAT);
    return request;
  }

  private static String field(Deque<String> lines, String name) {
    var line = lines.poll();
    require(line != null && line.startsWith(name + ": "), "a " + FORMAT + " without its " + name);
    return String.valueOf(line).substring(name.length() + 2);
  }

  private static List<String> fields(Deque<String> lines, String name) {
    var values = new ArrayList<String>();
    while (!lines.isEmpty() && lines.getFirst().startsWith(name + ": ")) {
      values.add(field(lines, name));
    }
    return values;
  }
}
