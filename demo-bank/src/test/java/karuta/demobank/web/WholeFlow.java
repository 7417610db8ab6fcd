package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.demobank.web.Chromium.Device;

/// The way of the customer who begins with the numeric password, from the first login to the second card.
abstract class WholeFlow extends BrowserSuite {
  /// Walks it, and looks at every screen.
  void walk(Visitor visitor) {
    byNumber(visitor);
    var other = new Tab(visitor);
    order(visitor);
    switchToCard(visitor);
    other.numericPasswordIsRefused();
    byPictures(visitor);
    lost(visitor);
  }

  private static void byNumber(Visitor v) {
    v.open("/").reads("login.title").screen("login");
    v.logIn("1001").sees("method.CONFIRMATION_PASSWORD").screen("home");
    v.follow("transfer.title").reads("transfer.title").screen("transfer");
    v.press("transfer.next").reads("password.title").screen("password");
    v.type("password", "000000")
        .press("password.button")
        .sees("password.wrong")
        .screen("password-wrong");
    v.type("password", "482913")
        .press("password.button")
        .reads("done.transfer")
        .screen("done-by-number");
  }

  private static void order(Visitor v) {
    v.open("/services").reads("services.title").screen("services");
    v.sees("services.why.not-arrived").open("/services/switch");
    v.reads("notice.nothing-to-switch.title").screen("nothing-to-switch");
    v.open("/services").follow("services.order").reads("services.order").screen("order");
    v.type("postal", "9999999")
        .press("order.button")
        .sees("order.postal.wrong")
        .screen("order-wrong");
    v.type("postal", "000-0001")
        .press("order.button")
        .sees("way.ordered.thanks")
        .screen("way-ordered");
    v.waitForCard().screen("way-made");
    v.press("clock.mail").sees("clock.arrive").screen("way-mailed");
    v.press("clock.arrive").sees("printed.title").takeCard().cardIsShown().screen("way-arrived");
    v.open("/home").sees("home.onitsway").screen("home-card-coming");
  }

  private static void switchToCard(Visitor v) {
    v.open("/services/switch").reads("services.switch").screen("switch-notice");
    v.page.locator("input[name=understood]").check();
    v.press("switch.next").reads("question.title.SWITCH").screen("question-switch");
    v.pick(true).screen("question-switch-picked");
    v.press("question.send.SWITCH").reads("done.switch").screen("done-switch");
  }

  private static void byPictures(Visitor v) {
    v.transfer().reads("question.title.TRANSFER").picturesAreDrawn().screen("question-transfer");
    fits(v);
    v.answer(true).reads("done.transfer").screen("done-by-pictures");
    v.open("/home").sees("method.IMAGE_CARD").screen("home-with-card");
  }

  /// The question needs no zoom on a phone and no scrolling on a desktop.
  private static void fits(Visitor v) {
    var send = v.page.locator("[data-send]");
    var bottom =
        v.device == Device.DESKTOP
            ? send.boundingBox().y + send.boundingBox().height
            : v.page.locator("[data-next]").boundingBox().y + 40;
    assertThat(bottom).isLessThanOrEqualTo(v.device.height);
    var palette = v.page.locator(".palette").first().boundingBox();
    assertThat(palette.x).isNotNegative();
    assertThat(palette.x + palette.width).isLessThanOrEqualTo(v.device.width);
  }

  private static void lost(Visitor v) {
    var first = v.serial();
    v.open("/services/lost").reads("services.lost").screen("lost");
    v.press("lost.button").reads("notice.stopped.title").screen("stopped");
    v.transfer().reads("notice.suspended.title").screen("suspended");
    v.follow("action.order")
        .type("postal", "0000001")
        .press("order.button")
        .sees("way.ordered.thanks");
    v.receive();
    assertThat(v.serial()).isNotEqualTo(first);
    v.switchCard();
    v.transfer().answer(true).reads("done.transfer");
  }

  /// A second tab, in which a transfer waits for the numeric password while the customer switches.
  private static final class Tab {
    private final Visitor visitor;
    private final com.microsoft.playwright.Page page;

    Tab(Visitor visitor) {
      this.visitor = visitor;
      visitor.transfer().reads("password.title");
      var address = visitor.page.url();
      this.page = visitor.window().newPage();
      page.navigate(address);
      // A page behind another draws nothing, and whoever looks at it waits for that.
      visitor.page.bringToFront();
    }

    void numericPasswordIsRefused() {
      page.fill("#password", "482913");
      page.locator("main button").click();
      page.getByText(visitor.say("notice.password-refused.title")).first().waitFor();
      page.close();
    }
  }
}
