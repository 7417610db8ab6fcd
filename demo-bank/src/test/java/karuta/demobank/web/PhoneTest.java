package karuta.demobank.web;

import java.util.List;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every page on a phone, also with the reader's text twice as large.
class PhoneTest extends FakeSuite {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/home",
          "/transfer",
          "/services",
          "/services/order",
          "/services/card",
          "/services/switch",
          "/services/lost",
          "/services/stopped",
          "/card",
          "/server",
          "/attack",
          "/office",
          "/confirm/nothing");

  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void everyPageFitsAndSpeaksTheReadersLanguage(String language) {
    var v = visitor(Device.PHONE, language).withCard("1001");
    v.transfer().answer(true).reads("done.transfer").fits("done");
    v.transfer()
        .question()
        .fits("question")
        .answer(false)
        .reads("notice.wrong.title")
        .fits("wrong");
    v.open("/services/order").type("postal", "0000001").press("order.button");
    v.sees("way.ordered.thanks").fits("way");
    PAGES.forEach(page -> v.open(page).fits(page));
    v.open("/services/lost").press("lost.button");
    v.reads("notice.stopped.title").fits("stopped");
    v.office("1001").sees("state.SUSPENDED").fits("office");
    v.page.locator("main h2 a").first().click();
    v.sees("server.why.1").fits("server-card");
    v.office("1001").fill("not needed").press("office.retire").sees("office.done");
    var late = v.otherTab().office("1001");
    v.fill("found again").press("office.unlock").sees("office.done");
    late.fill("found again").press("office.unlock").sees("office.refused").fits("office-refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void theAttackersViewSpeaksTheReadersLanguage(String language) {
    var v = visitor(Device.PHONE, language).withCard("1001").open("/attack");
    for (var kind : List.of("reload", "theft", "guess", "guess", "reload")) {
      v.attack(kind).fits("attack-" + kind);
    }
    v.sees("attack.result.refused");
  }
}
