package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;

/// What hands and networks do between the customer and the bank: nothing of it moves money twice or loses a pick.
class MisstepTest extends FakeSuite {
  private static final String POSTAL = "0000001";

  private Visitor ready(Device device, String language) {
    return visitor(device, language).withCard("1001");
  }

  @Test
  void picturesThatDoNotComeAreSaidAndAnotherLoadBringsThem() {
    var v = ready(Device.PHONE, "ja");
    v.page.route("**/pictures/*", Route::abort);
    v.transfer().sees("question.pictures").screen("question-no-pictures");
    v.page.unroute("**/pictures/*");
    v.page.reload();
    v.picturesAreDrawn().answer(true).reads("done.transfer");
    assertThat(v.page.getByText(v.say("question.pictures")).count()).isZero();
  }

  @Test
  void aLostNetworkKeepsThePicks() {
    var v = ready(Device.PHONE, "ja").transfer().pick(true);
    v.window().setOffline(true);
    v.press("question.send.TRANSFER").sees("question.offline").screen("question-offline");
    v.window().setOffline(false);
    v.press("question.resend").reads("done.transfer");
  }

  @Test
  void aLostReplyIsNotTakenForNothingAndTheSameAnswerCountsOnce() {
    var v = ready(Device.DESKTOP, "ja").transfer().pick(true);
    fake().mute(true);
    v.press("question.send.TRANSFER").sees("question.unheard").screen("question-unheard");
    fake().mute(false);
    v.press("question.resend").reads("done.transfer");
    assertThat(v.balance()).isEqualTo("1,274,500");
  }

  @Test
  void aLostReplyHasAScreenWithoutScriptToo() {
    var v = visitor(Device.PHONE, "en", false).withCard("1001").transfer().pick(false);
    fake().mute(true);
    v.press("question.send.TRANSFER").reads("notice.unheard.title").screen("unheard");
    fake().mute(false);
    v.follow("action.look").reads("notice.wrong-before.title");
    v.press("action.again").answer(false).sees("notice.wrong.text", 3);
  }

  @Test
  void theBackButtonAfterAnAnswerShowsThatItIsDone() {
    var v = ready(Device.DESKTOP, "en").transfer().answer(true).reads("done.transfer");
    v.open("/home");
    v.page.goBack();
    v.reads("done.transfer");
    assertThat(v.balance()).isEqualTo("1,274,500");
  }

  @Test
  void aDoubleClickMovesMoneyOnce() {
    var v = ready(Device.DESKTOP, "ja").transfer().pick(true);
    v.page.locator("[data-send]").dblclick();
    v.reads("done.transfer");
    assertThat(v.balance()).isEqualTo("1,274,500");
  }

  @Test
  void aDoubleClickWithoutScriptMovesMoneyOnce() {
    var v = visitor(Device.DESKTOP, "ja", false).withCard("1001").transfer().pick(true);
    v.page.locator("[data-send]").dblclick();
    v.reads("done.transfer");
    assertThat(v.balance()).isEqualTo("1,274,500");
  }

  @Test
  void reloadingThePageOfALostCardLeavesTheNextCardAlone() {
    var v = ready(Device.PHONE, "ja");
    v.open("/services/lost").press("lost.button").reads("notice.stopped.title");
    var stopped = v.page.url();
    v.orderAndReceive(POSTAL).switchCard();
    v.page.navigate(stopped);
    v.page.reload();
    v.transfer().answer(true).reads("done.transfer");
  }

  @Test
  void aForgottenCellIsPointedOut() {
    var v = ready(Device.DESKTOP, "ja").transfer();
    v.press("question.send.TRANSFER").sees("question.missing").screen("question-missing");
    v.answer(true).reads("done.transfer");
  }

  @Test
  void aPickCanBeUndoneAndChanged() {
    var v = ready(Device.DESKTOP, "en").transfer().pick(false);
    assertThat(v.page.locator(".palette input:checked").count()).isEqualTo(2);
    v.page.locator("[data-undo]").first().click();
    assertThat(v.page.locator(".palette input:checked").count()).isEqualTo(1);
    v.answer(true).reads("done.transfer");
  }
}
