package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;

/// Every way a confirmation can go wrong has its own screen, and none of them moves money or costs a try it should not.
class FailureTest extends BrowserSuite {
  private Visitor ready(Device device, String language) {
    return visitor(device, language).withCard("1001");
  }

  @Test
  void aWrongAnswerSaysHowManyTriesAreLeftAndAsksTheSameCells() {
    var v = ready(Device.DESKTOP, "ja").transfer();
    var cells = v.cells();
    v.answer(false).reads("notice.wrong.title").sees("notice.wrong.text", 4).everywhere("wrong");
    v.press("action.again").pick(false);
    assertThat(v.cells()).isEqualTo(cells);
    v.press("question.send.TRANSFER").sees("notice.wrong.text", 3);
    v.press("action.again").answer(true).reads("done.transfer");
  }

  @Test
  void fiveWrongAnswersLockTheCardAndTheBackOfficeUnlocksIt() {
    var v = ready(Device.PHONE, "ja").transfer();
    for (var i = 0; i < 4; i++) {
      v.answer(false).press("action.again");
    }
    v.answer(false).reads("notice.locked.title").everywhere("locked");
    v.transfer().reads("notice.locked.title");
    v.open("/home").sees("home.locked").everywhere("home-locked");
    v.office("1001").fill("called, identity checked").press("office.unlock").sees("office.done");
    v.transfer().answer(true).reads("done.transfer");
  }

  @Test
  void anExpiredQuestionCostsNoTry() {
    var v = visitor(Device.DESKTOP, "en", false).withCard("1001");
    v.transfer().pick(true);
    stack.letTheWindowPass(v.challenge());
    v.press("question.send.TRANSFER").reads("notice.expired.title").screen("expired");
    v.press("action.again").answer(true).reads("done.transfer");
  }

  @Test
  void theClockRunsOutOnThePage() {
    var v = ready(Device.PHONE, "ja");
    v.page.clock().install();
    v.transfer().question();
    var clock = v.page.locator("[data-clock]");
    assertThat(clock.textContent()).matches("3:00|[0-2]:[0-5][0-9]");
    v.page.clock().fastForward(60_000);
    assertThat(clock.textContent()).matches("2:00|[01]:[0-5][0-9]");
    stack.letTheWindowPass(v.challenge());
    v.page.clock().fastForward(120_000);
    v.reads("notice.expired.title").everywhere("expired");
  }

  @Test
  void aTokenThatIsDownCostsNothingAndThePicksStay() {
    var v = ready(Device.DESKTOP, "ja").transfer().pick(true);
    stack.token(false);
    v.press("question.send.TRANSFER").sees("question.busy").screen("question-token-down");
    stack.token(true);
    v.press("question.resend").reads("done.transfer");
  }

  @Test
  void aTokenThatIsDownHasAScreenWithoutScriptToo() {
    var v = visitor(Device.DESKTOP, "en", false).withCard("1001").transfer().pick(true);
    stack.token(false);
    v.press("question.send.TRANSFER").reads("notice.unavailable.title").screen("token-down");
    stack.token(true);
    v.follow("action.retry").answer(true).reads("done.transfer");
  }

  @Test
  void aServerThatIsAwayHasAScreenAndComesBack() {
    var v = ready(Device.PHONE, "en");
    stack.reachable(false);
    v.open("/home").reads("notice.unavailable.title").everywhere("server-away");
    stack.reachable(true);
    v.follow("action.retry").sees("method.IMAGE_CARD");
  }

  @Test
  void aReloadShowsTheSameCells() {
    var v = ready(Device.DESKTOP, "ja").transfer();
    var cells = v.cells();
    v.page.reload();
    assertThat(v.cells()).isEqualTo(cells);
    v.answer(true).reads("done.transfer");
    v.page.reload();
    v.reads("done.transfer");
    assertThat(v.balance()).isEqualTo("1,274,500");
  }

  @Test
  void aSecondTransferInAnotherTabReplacesTheFirstQuestion() {
    var v = ready(Device.DESKTOP, "ja").transfer();
    var cells = v.cells();
    var other = v.otherTab().transfer();
    assertThat(other.cells()).isEqualTo(cells);
    v.pick(true).press("question.send.TRANSFER").reads("notice.replaced.title");
    v.everywhere("replaced");
    other.answer(true).reads("done.transfer");
    assertThat(other.balance()).isEqualTo("1,274,500");
  }

  @Test
  void theSameQuestionAnsweredInTwoTabsMovesMoneyOnce() {
    var v = ready(Device.DESKTOP, "ja").transfer().question();
    var other = v.otherTab();
    other.page.navigate(v.page.url());
    v.answer(true).reads("done.transfer");
    other.pick(false).press("question.send.TRANSFER").reads("done.transfer");
    assertThat(v.balance()).isEqualTo("1,274,500");
  }
}
