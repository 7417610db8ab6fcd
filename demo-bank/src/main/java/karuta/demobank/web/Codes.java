package karuta.demobank.web;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the server's codes are called in the reader's language: events, outcomes, refusals, who acted, and the details
/// that the server writes by itself. What a clerk has typed is shown as it was typed.
final class Codes {
  /// Details that say the same to everybody, by the bank's own wording of a reason or the server's.
  private static final Map<String, String> FIXED =
      Map.of(
          "few questions left", "detail.few",
          "the guard's cap on its wrong answers is reached; officers lift it", "detail.cap",
          "lost", "detail.lost",
          "stolen", "detail.stolen",
          "copied or photographed", "detail.copied");

  /// A detail with something in it.
  ///
  /// @param kind of the codes that stand in it, `state` or `method`; empty if it has a number or a name in it
  private record Detail(Pattern form, String key, String kind) {
    static Detail of(String form, String key) {
      return new Detail(Pattern.compile(form), key, "");
    }

    static Detail of(String form, String key, String kind) {
      return new Detail(Pattern.compile(form), key, kind);
    }
  }

  private static final List<Detail> DETAILS =
      List.of(
          Detail.of("batch (.+)", "detail.batch"),
          Detail.of("replaced by card ([0-9]+)", "detail.replaced"),
          Detail.of("([0-9]+) wrong answers in a row", "detail.in-a-row"),
          Detail.of("([0-9]+) wrong answers in the card's life", "detail.in-life"),
          Detail.of("([0-9]+) questions were opened and not answered", "detail.unanswered"),
          Detail.of("([A-Z_]+) to ([A-Z_]+)", "detail.method", "method"),
          Detail.of("the card is ([A-Z]+)", "detail.state", "state"));

  private final Texts texts;

  Codes(Texts texts) {
    this.texts = texts;
  }

  /// The text of a code: that of `<kind>.<code>`, or of `<kind>.other` for one that is newer than this bank.
  String of(String language, String kind, String code) {
    var key = kind + "." + code;
    return texts.text(language, texts.has(language, key) ? key : kind + ".other");
  }

  /// Who asked for something; a certificate with a name that the bank does not know is shown by it.
  String actor(String language, String name) {
    var key = "actor." + name;
    return texts.has(language, key) ? texts.text(language, key) : name;
  }

  /// A detail of an audit row, or the reason of a card's state.
  String detail(String language, String detail) {
    var fixed = FIXED.get(detail);
    if (fixed != null) {
      return texts.text(language, fixed);
    }
    for (var one : DETAILS) {
      var found = one.form().matcher(detail);
      if (found.matches()) {
        return texts.text(language, one.key(), parts(language, one, found));
      }
    }
    return detail;
  }

  private Object[] parts(String language, Detail detail, Matcher found) {
    var parts = new Object[found.groupCount()];
    for (var i = 0; i < parts.length; i++) {
      var part = found.group(i + 1);
      var key = detail.kind() + "." + part;
      parts[i] = texts.has(language, key) ? texts.text(language, key) : part;
    }
    return parts;
  }
}
