package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.stream.IntStream;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a customer reads whose card does not work any more: what is true of it, whom to call, and last what cannot be
/// undone.
class LostCardTest extends FakeSuite {
  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void theOrderPageSaysHowThePresentCardStands(String language) {
    var v = visitor(Device.PHONE, language).withCard("1001");
    v.open("/services/order").sees("order.replacement.ACTIVE");
    v.open("/services/lost").sees("call.lost.number").sees("call.lost.hours");
    v.press("lost.button").reads("notice.stopped.title");
    v.open("/services/order").sees("order.replacement.SUSPENDED").screen("order-suspended");
    assertThat(v.page.getByText(v.say("order.replacement.ACTIVE")).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void theLockedPageBeginsWithTheNumberAndEndsWithWhatCannotBeUndone(String language) {
    var v = visitor(Device.PHONE, language).withCard("1001").transfer();
    for (var i = 0; i < 4; i++) {
      v.answer(false).press("action.again");
    }
    v.answer(false).reads("notice.locked.title").sees("call.hours");
    var main = v.page.locator("main");
    assertThat(
            IntStream.of(
                top(main.getByText(v.say("call.number"))),
                top(main.getByText(v.say("action.home"))),
                top(main.getByText(v.say("notice.locked.last"))),
                top(main.locator("a[href='/services/lost']"))))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(top(main.getByText(v.say("call.number")))).isLessThan(Device.PHONE.height);
    v.open("/services/order").sees("order.replacement.LOCKED");
    v.open("/home").sees("call.number").sees("call.hours");
    assertThat(v.page.locator("main a[href='/services/lost']").count()).isZero();
  }

  private static int top(Locator words) {
    return (int) words.first().boundingBox().y;
  }
}
