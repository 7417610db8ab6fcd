package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;

/// The way from the numeric password to a transfer with pictures, without touching a mouse.
class KeyboardTest extends FakeSuite {
  @Test
  void theWholeWayCanBeWalkedByKeyboard() {
    var v = visitor(Device.DESKTOP, "ja");
    var keys = new Keys(v.page);
    v.open("/");
    keys.tabTo("button[name=login][value='1001']").press("Enter");
    keys.tabTo("main a[href='/transfer']").press("Enter");
    keys.tabTo("main button").press("Enter");
    keys.tabTo("#password").type("482913").press("Enter");
    v.reads("done.transfer");
    keys.tabTo("nav a[href='/services']").press("Enter");
    keys.tabTo("main a[href='/services/order']").press("Enter");
    keys.tabTo("#postal").type("0000001").press("Enter");
    v.sees("way.ordered.thanks");
    stack.makeCards();
    v.sees("clock.mail");
    keys.tabTo("form[action='/clock/mail'] button").press("Enter");
    keys.tabTo("form[action='/clock/arrive'] button").press("Enter");
    v.sees("printed.title").takeCard();
    keys.tabTo("main a[href='/services/switch']").press("Enter");
    keys.tabTo("input[name=understood]").press(" ");
    keys.tabTo("main form button").press("Enter");
    pickAndSend(v, keys);
    v.reads("done.switch");
    keys.tabTo("main a[href='/transfer']").press("Enter");
    keys.tabTo("main button").press("Enter");
    pickAndSend(v, keys);
    v.reads("done.transfer").screen("done-by-keyboard");
  }

  /// Tabs into each palette, walks to the picture as the grid looks, picks with Space, and sends.
  private static void pickAndSend(Visitor v, Keys keys) {
    v.question();
    var cells = v.page.locator("[data-cell]");
    for (var i = 0; i < cells.count(); i++) {
      var at = v.place(cells.nth(i));
      keys.tabTo("[data-cell]:nth-of-type(" + (i + 1) + ") input");
      for (var down = 0; down < at / 8; down++) {
        keys.press("ArrowDown");
      }
      for (var right = 0; right < at % 8; right++) {
        keys.press("ArrowRight");
      }
      assertThat(v.page.locator("[data-cell] input:focus-visible").count()).isOne();
      if (i == 0) {
        v.screen("question-focus");
      }
      keys.press(" ");
    }
    keys.tabTo("[data-send]").press("Enter");
  }
}
