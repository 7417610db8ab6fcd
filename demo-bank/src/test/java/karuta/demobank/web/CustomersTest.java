package karuta.demobank.web;

import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;

/// The customers beside the one of the whole way.
class CustomersTest extends BrowserSuite {
  @Test
  void aCustomerOnOneTimePasswordsIsNotEligible() {
    var v = visitor(Device.DESKTOP, "ja").logIn("1002").sees("method.ONE_TIME_PASSWORD");
    v.open("/services/order").reads("notice.not-eligible.title").screen("not-eligible");
    v.transfer().type("password", "730264").press("password.button").reads("done.transfer");
  }

  @Test
  void aNewCustomerGetsACardOnly() {
    var v = visitor(Device.PHONE, "ja").logIn("1003").sees("method.METHOD_NONE").screen("home-new");
    v.transfer().reads("notice.card-needed.title").screen("card-needed");
    v.open("/services/order").reads("notice.order-open.title");
    v.open("/services/card").receive().switchCard().transfer().answer(true).reads("done.transfer");
  }

  @Test
  void theWholeWayNeedsNoScript() {
    var v = visitor(Device.PHONE, "ja", false).logIn("1001");
    v.transfer().type("password", "482913").press("password.button").reads("done.transfer");
    v.orderAndReceive("0000001").switchCard();
    v.transfer().reads("question.title.TRANSFER").screen("question-no-script");
    v.answer(true).reads("done.transfer");
  }
}
