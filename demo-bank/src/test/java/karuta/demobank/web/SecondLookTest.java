package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pages for a second pair of eyes: back office, what the server knows, the attacker's view.
class SecondLookTest extends BrowserSuite {
  @ParameterizedTest
  @CsvSource({"DESKTOP,ja", "PHONE,en"})
  void theBackOfficeLeadsACardsLife(Device device, String language) {
    var v = visitor(device, language).logIn("1004");
    v.open("/office").reads("office.title").screen("office");
    v.type("find", "nobody").press("office.find.button").sees("office.not-found");
    v.type("find", "1004").press("office.find.button").sees("state.ORDERED");
    stack.makeCards();
    v.open("/office").type("find", "1004").press("office.find.button");
    v.fill("RR-123").press("office.mail").sees("state.MAILED");
    v.fill("undeliverable").press("office.return").sees("state.RETURNED");
    v.open("/services/card").sees("way.over.RETURNED");
    v.orderAndReceive("0000004").switchCard();
    v.transfer().answer(true).reads("done.transfer");
    v.office("1004").sees("state.ACTIVE").screen("office-subject");
    v.fill("customer asked").press("office.suspend").sees("state.SUSPENDED");
    v.office("1004").fill("found again").press("office.unlock").sees("state.ACTIVE");
    v.office("1004").fill("account closed").press("office.retire").sees("state.RETIRED");
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP,ja", "PHONE,en"})
  void theServersRecordHasNoPicture(Device device, String language) {
    var v =
        visitor(device, language).logIn("1001").orderAndReceive("0000001").switchCard().transfer();
    v.open("/card").cardIsShown().screen("hand");
    v.open("/server").reads("server.title").screen("server");
    v.page.locator("main li a").first().click();
    v.sees("server.why.1").screen("server-card");
    assertThat(v.page.locator("tbody tr").count()).isEqualTo(100);
    assertThat(v.page.locator("main img").count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP,ja", "PHONE,en"})
  void theAttackerLearnsNothing(Device device, String language) {
    var v = visitor(device, language);
    v.open("/attack").sees("attack.novictim").screen("attack-no-victim");
    v.logIn("1004").open("/services/card").receive().switchCard().open("/attack").screen("attack");
    v.attack("reload").sees("attack.reload.why").screen("attack-reload");
    assertThat(v.facts()).contains("30", "0");
    v.attack("theft").sees("attack.theft.why").screen("attack-theft");
    assertThat(v.facts().getLast()).isEqualTo("0");
    v.attack("guess").sees("attack.guess.why").screen("attack-guess");
    assertThat(v.page.locator("tbody tr").count()).isEqualTo(7);
    v.attack("guess").screen("attack-guess-locked");
  }
}
