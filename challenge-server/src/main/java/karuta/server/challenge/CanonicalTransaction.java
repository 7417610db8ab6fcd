package karuta.server.challenge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.regex.Pattern;
import karuta.digest.Sha256;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;

/// Brings a transaction into the one form that is shown, hashed and signed (`docs/receipts.md` has the table and
/// vectors).
///
/// Text is composed (Unicode NFC) and trimmed; control characters and those nobody sees are refused, because a payee
/// must not look like another by a change of writing direction or by a filler. An amount gets exactly the fraction
/// digits of its currency, so that equal sums give equal bytes. The bytes are fields with their lengths before them, so
/// no two transactions share them.
public final class CanonicalTransaction {
  /// Characters of a reference.
  public static final int MAX_REFERENCE = 64;

  /// Characters of a payee or a line.
  public static final int MAX_TEXT = 140;

  /// Lines besides.
  public static final int MAX_LINES = 10;

  private static final String DOMAIN = "karuta transaction v1";
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,6})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private CanonicalTransaction() {}

  /// The canonical form of what a caller sent.
  ///
  /// @throws Refusal INVALID_FIELD, naming the field
  public static Transaction of(Purpose purpose, Transaction sent) {
    if (sent.lines().size() > MAX_LINES) {
      throw invalid("lines", "has more than " + MAX_LINES);
    }
    var payee = text("payee", sent.payee(), MAX_TEXT);
    if (purpose == Purpose.TRANSFER && (payee.isEmpty() || sent.amount().isBlank())) {
      throw invalid(payee.isEmpty() ? "payee" : "amount", "is required for a transfer");
    }
    return new Transaction(
        text("reference", sent.reference(), MAX_REFERENCE),
        payee,
        amount(sent.amount().strip(), sent.currency().strip()),
        sent.currency().strip(),
        sent.lines().stream().map(line -> text("lines", line, MAX_TEXT)).toList());
  }

  /// The bytes that are hashed and stored.
  public static byte[] encode(Transaction transaction) {
    var fields = new ArrayList<String>();
    fields.add(DOMAIN);
    fields.add(transaction.reference());
    fields.add(transaction.payee());
    fields.add(transaction.amount());
    fields.add(transaction.currency());
    fields.addAll(transaction.lines());
    var encoded = fields.stream().map(field -> field.getBytes(StandardCharsets.UTF_8)).toList();
    var out = ByteBuffer.allocate(encoded.stream().mapToInt(field -> 2 + field.length).sum());
    encoded.forEach(field -> out.putShort((short) field.length).put(field));
    return out.array();
  }

  /// Reads what [#encode] wrote.
  public static Transaction decode(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    List<String> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      var field = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(field);
      fields.add(new String(field, StandardCharsets.UTF_8));
    }
    if (fields.size() < 5 || !fields.getFirst().equals(DOMAIN)) {
      throw new IllegalArgumentException("not a canonical transaction");
    }
    return new Transaction(
        fields.get(1),
        fields.get(2),
        fields.get(3),
        fields.get(4),
        fields.subList(5, fields.size()));
  }

  /// SHA-256 over [#encode], base64url without padding: 43 characters.
  public static String digest(Transaction transaction) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(encode(transaction)));
  }

  private static String text(String field, String sent, int limit) {
    if (sent.length() > 4 * limit) {
      throw invalid(field, "has more than " + limit + " characters");
    }
    var text = Normalizer.normalize(sent, Normalizer.Form.NFC).strip();
    if (text.codePoints().anyMatch(CanonicalTransaction::invisible)) {
      throw invalid(field, "has a control, format, ignorable or unassigned character");
    }
    if (text.codePointCount(0, text.length()) > limit) {
      throw invalid(field, "has more than " + limit + " characters");
    }
    return text;
  }

  private static boolean invisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> ignorable(character);
    };
  }

  /// What has the property Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt) and none of the
  /// categories above: a joiner, fillers and selectors of variants.
  private static boolean ignorable(int character) {
    return character == 0x034F
        || within(0x115F, character, 0x1160)
        || within(0x17B4, character, 0x17B5)
        || within(0x180B, character, 0x180F)
        || character == 0x3164
        || within(0xFE00, character, 0xFE0F)
        || character == 0xFFA0
        || within(0xE0100, character, 0xE01EF);
  }

  private static boolean within(int first, int character, int last) {
    return first <= character && character <= last;
  }

  private static String amount(String amount, String currency) {
    if (amount.isEmpty() != currency.isEmpty()) {
      throw invalid(amount.isEmpty() ? "amount" : "currency", "is required beside the other");
    }
    if (amount.isEmpty()) {
      return "";
    }
    if (!AMOUNT.matcher(amount).matches()) {
      throw invalid("amount", "must be a decimal number without sign or grouping, like 12.50");
    }
    try {
      var scaled = new BigDecimal(amount).setScale(digits(currency), RoundingMode.UNNECESSARY);
      if (scaled.signum() == 0) {
        throw invalid("amount", "must be more than nothing");
      }
      return scaled.toPlainString();
    } catch (ArithmeticException e) {
      throw invalid("amount", "has more fraction digits than " + currency);
    }
  }

  private static int digits(String currency) {
    try {
      if (CURRENCY.matcher(currency).matches()) {
        var digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (digits >= 0) {
          return digits;
        }
      }
    } catch (IllegalArgumentException e) {
      // No such code: refused below, like one that is no money.
    }
    throw invalid("currency", "must be a code of ISO 4217 in capitals, like JPY");
  }

  private static Refusal invalid(String field, String what) {
    return new Refusal(Code.INVALID_FIELD, "transaction." + field + " " + what);
  }
}
