package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Digits as people type them, numbers they can read out, dates instead of spans, and no button that leads nowhere.
class CourtesyTest extends FakeSuite {
  @Test
  void digitsInFullWidthAreDigits() {
    var v = visitor(Device.PHONE, "ja").logIn("1001");
    v.open("/transfer").type("amount", "１０，０００円").press("transfer.next");
    v.type("password", "４８２９１３").press("password.button").reads("done.transfer");
    assertThat(v.balance()).isEqualTo("1,274,500");
    v.open("/services/order").type("postal", "〒０００－０００１").press("order.button");
    v.sees("way.ordered.thanks").office("１００１").sees("state.ORDERED");
    v.open("/transfer").type("amount", "－５００").press("transfer.next").sees("transfer.amount.wrong");
  }

  @Test
  void theReceiptNumberCanBeReadOut() {
    var v = visitor(Device.PHONE, "en").withCard("1001").transfer().question();
    var challenge = v.challenge();
    v.answer(true).reads("done.transfer");
    var number = v.page.locator("main dd").last().textContent();
    assertThat(number).matches("[0-9]{4} [0-9]{4} [0-9]{4}");
    var asked = stack.karuta().frontEnd().challenge(challenge).getTransaction();
    assertThat(asked.getReference()).isEqualTo(number.replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void whatCannotBeDoneNowIsDisabledWithItsReason(String language) {
    var v = visitor(Device.PHONE, language).logIn("1002").open("/services");
    assertThat(v.disabled("services.order")).isEqualTo(v.say("services.why.not_eligible"));
    assertThat(v.disabled("services.way")).isEqualTo(v.say("services.why.no-order"));
    assertThat(v.disabled("services.switch")).isEqualTo(v.say("services.why.not-arrived"));
    assertThat(v.disabled("services.lost")).isEqualTo(v.say("services.why.no-card"));
    v.screen("services-disabled");
    v.logIn("1003").sees("notice.card-needed.text");
    assertThat(v.disabled("transfer.title")).isEqualTo(v.say("notice.card-needed.text"));
    v.open("/services");
    assertThat(v.disabled("services.order")).isEqualTo(v.say("services.why.order_open"));
    v.withCard("1001").open("/services/lost").press("lost.button").open("/services");
    assertThat(v.disabled("services.lost")).isEqualTo(v.say("services.why.suspended"));
    v.follow("services.order").reads("services.order").open("/home");
    assertThat(v.disabled("transfer.title")).contains(v.say("home.suspended"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void aCardThatHasComeHasItsDayOfDelivery(String language) {
    var v = visitor(Device.PHONE, language).logIn("1001");
    var early = day(language);
    v.orderAndReceive("0000001");
    var delivery = v.page.locator("ol.way li").nth(3).textContent();
    assertThat(delivery).containsAnyOf(early, day(language));
    assertThat(v.page.locator("ol.way").textContent()).doesNotContain("3週間", "weeks");
  }

  /// One week to be sent and ten days to come, by the demo clock.
  private String day(String language) {
    return Wording.day(language, stack.clock().instant().plus(Duration.ofDays(17)));
  }
}
