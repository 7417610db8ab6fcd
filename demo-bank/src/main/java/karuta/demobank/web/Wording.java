package karuta.demobank.web;

import com.google.protobuf.Timestamp;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.demobank.bank.Customer.Words;
import org.jspecify.annotations.Nullable;

/// What templates say in the page's language: `t(key, ...)`, `has(key)`, `yen(amount)`, `count(n)`, `day(time)`,
/// `time(time)`, `words(w)`, `serial(digits)`, `number(digits)`, `cells(names)`; of what the server says
/// `code(kind, code)`, `actor(name)`, `detail(text)`.
final class Wording extends AbstractExtension {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private static final int ROWS = 5;

  private final Texts texts;
  private final Codes codes;

  Wording(Texts texts) {
    this.texts = texts;
    this.codes = new Codes(texts);
  }

  private interface Say {
    Object say(String language, List<Object> arguments);
  }

  @Override
  public Map<String, Function> getFunctions() {
    return Map.ofEntries(
        said(
            "t",
            (language, a) ->
                texts.text(language, a.getFirst().toString(), a.subList(1, a.size()).toArray())),
        said("has", (language, a) -> texts.has(language, a.getFirst().toString())),
        said("yen", (language, a) -> yen(language, a.getFirst())),
        said("count", (language, a) -> count(a.getFirst())),
        said("day", (language, a) -> day(language, a.getFirst())),
        said("time", (language, a) -> time(language, a.getFirst())),
        said("words", (language, a) -> ((Words) a.getFirst()).in(language)),
        said("number", (language, a) -> number(a.getFirst().toString())),
        said("cells", (language, a) -> cells(language, a.getFirst().toString())),
        said("serial", (language, a) -> serial(a.getFirst().toString())),
        said(
            "code",
            (language, a) -> codes.of(language, a.getFirst().toString(), a.getLast().toString())),
        said("actor", (language, a) -> codes.actor(language, a.getFirst().toString())),
        said("detail", (language, a) -> codes.detail(language, a.getFirst().toString())));
  }

  static String yen(String language, Object amount) {
    return language.equals("ja") ? count(amount) + "円" : "JPY " + count(amount);
  }

  /// `16384` as `16,384`.
  static String count(Object number) {
    return NumberFormat.getIntegerInstance(Locale.ROOT).format(new BigDecimal(number.toString()));
  }

  static String day(String language, Object time) {
    var pattern = language.equals("ja") ? "yyyy年M月d日" : "d MMM yyyy";
    return format(pattern, time);
  }

  static String time(String language, Object time) {
    var pattern = language.equals("ja") ? "yyyy年M月d日 HH:mm:ss" : "d MMM yyyy, HH:mm:ss";
    return format(pattern, time);
  }

  /// `12345678901` as `1234 5678 901`, as printed on the card.
  static String serial(String digits) {
    return digits.length() != 11
        ? digits
        : digits.substring(0, 4) + " " + digits.substring(4, 8) + " " + digits.substring(8);
  }

  /// `482177305519` as `4821 7730 5519`.
  static String number(String digits) {
    return digits.replaceAll("([0-9]{4})(?=[0-9])", "$1 ");
  }

  /// Cells by their rows' names in the page's language: `ウ-7` is `C-7` in English.
  private String cells(String language, String names) {
    var text = names;
    for (var row = 1; row <= ROWS; row++) {
      var key = "row." + row;
      text = text.replace(texts.text("ja", key) + "-", texts.text(language, key) + "-");
    }
    return text;
  }

  private static String format(String pattern, Object time) {
    var instant =
        time instanceof Timestamp t
            ? Instant.ofEpochSecond(t.getSeconds(), t.getNanos())
            : (Instant) time;
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(TOKYO).format(instant);
  }

  private static Map.Entry<String, Function> said(String name, Say say) {
    return Map.entry(name, function(say));
  }

  private static Function function(Say say) {
    return new Function() {
      @Override
      public @Nullable List<String> getArgumentNames() {
        return null;
      }

      @Override
      public Object execute(
          Map<String, Object> arguments,
          PebbleTemplate self,
          EvaluationContext context,
          int lineNumber) {
        var inOrder =
            IntStream.range(0, arguments.size())
                .mapToObj(i -> arguments.get(Integer.toString(i)))
                .toList();
        return say.say((String) context.getVariable("lang"), inOrder);
      }
    };
  }
}
