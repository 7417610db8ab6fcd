package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;

/// The pictures are there before the question is put: they come once, after the login, and a question's time does not
/// begin without them.
class PicturesTest extends FakeSuite {
  private static final String PICTURES = "**/pictures/*";

  /// What the page has fetched of the pictures, in bytes over the network; what came from the cache is 0.
  private static final String FETCHED =
      "() => performance.getEntriesByType('resource').filter(e => e.name.includes('/pictures/'))"
          + ".filter(e => e.responseEnd > 0).map(e => e.transferSize)";

  /// A bank that has put a question before, and so knows where the pictures are.
  private void aQuestionBefore() {
    visitor(Device.DESKTOP, "ja").withCard("1004").transfer().answer(true).reads("done.transfer");
  }

  private long asked(Visitor v) {
    return stack.karuta().backOffice().audit(v.subject("1001")).stream()
        .filter(entry -> entry.getEvent().equals("challenge-created"))
        .count();
  }

  private static List<?> fetched(Visitor v) {
    return (List<?>) v.page.evaluate(FETCHED);
  }

  @Test
  void theyComeInOneRequestAfterTheLogin() {
    aQuestionBefore();
    var v = visitor(Device.PHONE, "ja").withCard("1001");
    v.page.waitForCondition(() -> fetched(v).size() == 1);
    var bytes = ((Number) fetched(v).getFirst()).intValue();
    assertThat(bytes).isBetween(50_000, 300_000);
    v.transfer().question().picturesAreDrawn();
    assertThat(fetched(v)).isNotEmpty().allMatch(size -> ((Number) size).intValue() == 0);
    var files =
        v.page.evaluate(
            "new Set([...document.querySelectorAll('use')].map(u => u.href.baseVal.split('#')[0])).size");
    assertThat(files).isEqualTo(1);
  }

  @Test
  void theTimeBeginsWhenTheyAreThere() {
    aQuestionBefore();
    var v = visitor(Device.PHONE, "en").withCard("1001");
    var before = asked(v);
    var held = new ArrayList<Route>();
    v.page.route(PICTURES, held::add);
    v.transfer().sees("ready.loading").screen("ready");
    v.page.waitForCondition(() -> !held.isEmpty());
    assertThat(asked(v)).isEqualTo(before);
    v.page.unroute(PICTURES);
    held.forEach(Route::resume);
    v.question().picturesAreDrawn();
    assertThat(asked(v)).isEqualTo(before + 1);
    v.answer(true).reads("done.transfer");
  }

  @Test
  void withoutThemItIsSaidThatTheTimeHasNotBegun() {
    aQuestionBefore();
    var v = visitor(Device.PHONE, "ja").withCard("1001");
    var before = asked(v);
    v.page.route(PICTURES, Route::abort);
    v.transfer().sees("ready.failed").screen("ready-failed");
    assertThat(asked(v)).isEqualTo(before);
    v.page.unroute(PICTURES);
    v.press("action.ask").answer(true).reads("done.transfer");
    assertThat(asked(v)).isEqualTo(before + 1);
  }

  @Test
  void whoHasNoScriptAsksForTheQuestion() {
    aQuestionBefore();
    var v = visitor(Device.PHONE, "ja", false).withCard("1001");
    var before = asked(v);
    v.open("/transfer").press("transfer.next").sees("action.ask");
    assertThat(asked(v)).isEqualTo(before);
    v.press("action.ask").answer(true).reads("done.transfer");
  }
}
