package karuta.demobank.web;

import com.microsoft.playwright.Page;

/// A keyboard, and nothing else.
final class Keys {
  private static final int REACH = 80;

  private final Page page;

  Keys(Page page) {
    this.page = page;
  }

  /// Presses Tab until what `selector` names has the focus; fails if it cannot be reached or its focus cannot be seen.
  Keys tabTo(String selector) {
    page.locator(selector).first().waitFor();
    for (var i = 0; i < REACH; i++) {
      page.keyboard().press("Tab");
      if ((Boolean)
          page.evaluate(
              "s => document.activeElement.matches(s) && document.activeElement.matches(':focus-visible')",
              selector)) {
        return this;
      }
    }
    throw new AssertionError("the Tab key does not reach " + selector);
  }

  Keys press(String key) {
    page.keyboard().press(key);
    return this;
  }

  Keys type(String text) {
    page.keyboard().type(text);
    return this;
  }
}
