package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.demobank.web.Chromium.Device;
import karuta.v1.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a customer is told before it is too late to do otherwise.
class WarningTest extends FakeSuite {
  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void oneAttemptLeftIsSaidBeforeTheAnswer(String language) {
    var v = visitor(Device.PHONE, language).withCard("1001").transfer();
    for (var left = 4; left > 1; left--) {
      v.answer(false).sees("notice.wrong.text", left).press("action.again").question();
      assertThat(v.page.getByText(v.say("question.last")).count()).isZero();
    }
    v.answer(false).reads("notice.wrong-last.title").sees("notice.wrong-last.more");
    v.screen("wrong-last").press("action.again").sees("question.last").screen("question-last");
  }

  @Test
  void theLimitOfUnansweredQuestionsIsSaidBeforeItIsReached() {
    var v = visitor(Device.PHONE, "ja").withCard("1001").transfer().question();
    assertThat(v.page.locator(".ask .note:visible").count()).isZero();
    for (var i = 0; i < 6; i++) {
      stack.karuta().frontEnd().ask(v.subject("1001"), transfer("t-" + i));
    }
    v.transfer().sees("question.unanswered", 3).screen("question-unanswered");
    stack.letTheWindowPass(v.challenge());
    v.page.reload();
    v.reads("notice.expired.title").sees("notice.expired.more", 2);
    v.press("action.again").sees("question.unanswered", 2);
    stack.letTheWindowPass(v.challenge());
    v.page.reload();
    v.press("action.again").sees("question.unanswered.last");
    stack.letTheWindowPass(v.challenge());
    v.page.reload();
    v.reads("notice.suspended.title");
  }

  private static Transaction transfer(String reference) {
    return Transaction.newBuilder()
        .setReference(reference)
        .setPayee("A")
        .setAmount("1")
        .setCurrency("JPY")
        .build();
  }
}
