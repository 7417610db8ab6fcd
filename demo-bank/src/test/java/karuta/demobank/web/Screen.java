package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.demobank.web.Chromium.Device;
import karuta.v1.CardState;
import karuta.v1.ChallengeState;
import karuta.v1.Method;
import karuta.v1.Outcome;
import karuta.v1.Purpose;

/// What every screen keeps: nothing scrolls sideways, the header of a phone is one line, and no code of the server's
/// stands there in place of words.
final class Screen {
  /// A line of 48 px to touch, its rule, and some air.
  private static final int HEADER = 56;

  private static final Path API = Path.of("..", "docs", "api.md");
  private static final Pattern CODE = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [0-9]{3} ");
  private static final Pattern EVENT = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

  private static final Pattern RAW =
      Pattern.compile(
          Stream.of(codes(), events(), names(), List.of("front-end", "back-office"))
              .flatMap(List::stream)
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "(?<![\\w-])(?:", ")(?![\\w-])")));

  private static final String SIDEWAYS =
      """
      () => [...document.querySelectorAll('*')]
        .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
        .filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
        .map(e => e.outerHTML.slice(0, 80))
      """;

  private Screen() {}

  /// Looks at the page as it is now.
  static void readable(Page page, Device size, String name) {
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as("width of " + name)
        .isLessThanOrEqualTo(size.width);
    assertThat((List<?>) page.evaluate(SIDEWAYS)).as("what scrolls sideways in " + name).isEmpty();
    if (size == Device.PHONE) {
      assertThat(page.locator(".top").boundingBox().height)
          .as("height of the header of " + name)
          .isLessThanOrEqualTo(HEADER);
    }
    assertThat(RAW.matcher(page.innerText("body")).results().map(found -> found.group()))
        .as("codes in place of words in " + name)
        .isEmpty();
  }

  /// The codes of refusals, as the server's documentation lists them.
  static List<String> codes() {
    return found(CODE, documentation());
  }

  /// The events of the audit, as the server's documentation lists them.
  static List<String> events() {
    var all = documentation();
    return found(EVENT, all.substring(all.indexOf("## Audit events")));
  }

  private static List<String> names() {
    var names = new ArrayList<String>();
    for (var values :
        List.<Enum<?>[]>of(
            Outcome.values(),
            CardState.values(),
            ChallengeState.values(),
            Method.values(),
            Purpose.values())) {
      Stream.of(values).map(Enum::name).forEach(names::add);
    }
    return names;
  }

  private static List<String> found(Pattern what, String text) {
    return what.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String documentation() {
    try {
      return Files.readString(API);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
