package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import karuta.demobank.real.BankProcess;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left in the memory of a demo bank, in a process of its own, after requests that carried secrets: a heap dump
/// has everything that any object still holds.
class MemoryTest extends BrowserSuite {
  /// A numeric password nobody has, so that it can have come into the memory by the form alone.
  private static final String TYPED = "907361";

  private static final String KEPT = "Kept By Design";

  @TempDir private Path folder;

  @Test
  void noPasswordChoiceOrLayoutOutlivesItsRequest() {
    try (var bank = BankProcess.start(stack, "m" + System.nanoTime())) {
      var v = visitor(bank.address(), Device.DESKTOP, "en", true);
      walk(v.logIn("1001"));
      var left = bank.memory(folder.resolve("bank.hprof"));
      assertThat(left.holds(KEPT)).as("the payee of a transfer, which is kept").isTrue();
      assertThat(left.holds(TYPED)).as("a numeric password that was typed").isFalse();
      assertThat(left.matches("q0c[01]=[0-9]")).as("choices as the form sends them").isFalse();
      assertThat(left.matches("\"choices\":\\s*\\[\\s*[0-9]"))
          .as("choices as the API takes them")
          .isFalse();
      assertThat(left.matches("%PDF-1\\.[0-9]\\s")).as("the printed card").isFalse();
      assertThat(left.holds("PNG\r\n\u001a\n\0\0\0\rIHDR")).as("its image").isFalse();
      assertThat(bank.instances("org.apache.pdfbox.pdmodel.PDDocument")).isZero();
      assertThat(bank.instances("java.awt.image.BufferedImage")).isZero();
      assertThat(bank.instances("karuta.v1.QuestionAnswer")).as("answers as objects").isEqualTo(1);
      assertThat(bank.instances("karuta.v1.AnswerChallengeRequest")).isEqualTo(1);
    }
  }

  /// A wrong numeric password, the printed card, a right answer, a wrong one, and one whose question stays open.
  private static void walk(Visitor v) {
    v.open("/transfer").type("payee", KEPT).press("transfer.next");
    v.type("password", TYPED).press("password.button").sees("password.wrong");
    v.orderAndReceive("0000001").cardIsShown().switchCard();
    v.transfer().answer(true).reads("done.transfer");
    v.transfer().answer(false).reads("notice.wrong.title");
  }
}
