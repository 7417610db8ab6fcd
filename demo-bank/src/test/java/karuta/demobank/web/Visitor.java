package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import karuta.demobank.Stack;
import karuta.demobank.bank.Customers;
import karuta.demobank.web.Chromium.Device;

/// A person in front of a browser, who reads texts in one language and holds the card that came by post.
final class Visitor implements AutoCloseable {
  private static final Pattern SERIAL = Pattern.compile("/letterbox/([0-9]{11})\\.pdf");

  final Page page;
  final String language;
  final Device device;
  private final BrowserContext window;
  private final String address;
  private final Stack stack;
  private final Customers customers;
  private final boolean scripts;
  private final Texts texts = new Texts();
  private final List<String> foreign = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private String serial = "";
  private boolean hurried;

  Visitor(
      BrowserContext window,
      String address,
      Stack stack,
      Customers customers,
      String language,
      Device device,
      boolean scripts) {
    this.window = window;
    this.address = address;
    this.stack = stack;
    this.customers = customers;
    this.language = language;
    this.device = device;
    this.scripts = scripts;
    window.onRequest(
        request -> {
          if (!request.url().startsWith(address) && !request.url().startsWith("chrome")) {
            foreign.add(request.url());
          }
        });
    window.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    this.page = window.newPage();
  }

  /// From now on the visitor walks on without looking at the screens.
  Visitor inAHurry() {
    hurried = true;
    return this;
  }

  BrowserContext window() {
    return window;
  }

  String say(String key, Object... arguments) {
    return texts.text(language, key, arguments);
  }

  Visitor open(String path) {
    page.navigate(address + path.substring(1));
    return this;
  }

  /// Logs in by the button of the customer's tile.
  Visitor logIn(String login) {
    open("/");
    page.locator("button[name=login][value='" + login + "']").click();
    page.waitForURL(address + "home");
    return this;
  }

  /// Follows the link with that text in the page's content.
  Visitor follow(String key) {
    page.locator("main").getByRole(AriaRole.LINK, link(key)).first().click();
    return this;
  }

  private Locator.GetByRoleOptions link(String key) {
    return new Locator.GetByRoleOptions().setName(say(key)).setExact(true);
  }

  /// Presses the button with that text.
  Visitor press(String key) {
    page.locator("main").getByRole(AriaRole.BUTTON, link(key)).first().click();
    return this;
  }

  Visitor type(String id, String text) {
    page.locator("#" + id).fill(text);
    return this;
  }

  /// The page says that.
  Visitor sees(String key, Object... arguments) {
    page.locator("main").getByText(say(key, arguments)).first().waitFor();
    return this;
  }

  /// The page is headed by that.
  Visitor reads(String key) {
    page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(say(key)).setLevel(1))
        .waitFor();
    return this;
  }

  /// Begins a transfer with what the form proposes.
  Visitor transfer() {
    open("/transfer").press("transfer.next");
    page.waitForURL(address + "confirm/*");
    return withoutScript();
  }

  /// Goes on to the question where no script does it.
  private Visitor withoutScript() {
    return !scripts && page.locator("form[data-ready]").count() > 0 ? press("action.ask") : this;
  }

  /// Takes the card out of the envelope: from now on the visitor can answer for it.
  Visitor takeCard() {
    var found = SERIAL.matcher(page.content());
    assertThat(found.find()).as("a printed card on the page").isTrue();
    serial = found.group(1);
    return this;
  }

  String serial() {
    return serial;
  }

  /// Picks the pictures of the asked cells, right ones or others.
  Visitor pick(boolean right) {
    question();
    var cells = page.locator("[data-cell]");
    for (var i = 0; i < cells.count(); i++) {
      var cell = cells.nth(i);
      var sha = stack.picture(serial, Objects.requireNonNull(cell.getAttribute("data-cell")));
      var picture = "use[href$='#p" + sha + "']";
      var label =
          right
              ? cell.locator("label", new Locator.LocatorOptions().setHas(page.locator(picture)))
              : cell.locator(
                  "label", new Locator.LocatorOptions().setHasNot(page.locator(picture)));
      label.first().click();
      if (device == Device.PHONE && page.locator("[data-next]").isVisible()) {
        press("question.next");
      }
    }
    return this;
  }

  /// The question is on the page, and the page's script has seen it: until then a pick would not last.
  Visitor question() {
    page.locator("form[data-question]").waitFor();
    page.waitForLoadState(LoadState.DOMCONTENTLOADED);
    return this;
  }

  /// Every picture of the palettes on the screen is drawn.
  Visitor picturesAreDrawn() {
    var drawn =
        "() => [...document.querySelectorAll('.palette use')]"
            + ".filter(use => use.checkVisibility()).every(use => use.getBBox().width > 0)";
    page.waitForCondition(() -> (Boolean) page.evaluate(drawn));
    return this;
  }

  /// Where the right picture of a cell stands in its palette, 0..63.
  int place(Locator cell) {
    var sha = stack.picture(serial, Objects.requireNonNull(cell.getAttribute("data-cell")));
    return (Integer)
        cell.evaluate(
            "(cell, symbol) => [...cell.querySelectorAll('.palette use')].findIndex(use => use.getAttribute('href').endsWith(symbol))",
            "#p" + sha);
  }

  /// The cells that are asked.
  List<String> cells() {
    question();
    return page.locator("[data-cell]").all().stream()
        .map(cell -> Objects.requireNonNull(cell.getAttribute("data-cell")))
        .toList();
  }

  /// The question that is on the page.
  String challenge() {
    return page.locator("input[name=challenge]").inputValue();
  }

  /// The balance on the account page, digits and commas alone.
  String balance() {
    return open("/home").page.locator(".big").textContent().replaceAll("[^0-9,]", "");
  }

  /// Another tab of the same window.
  Visitor otherTab() {
    var other = new Visitor(window, address, stack, customers, language, device, scripts);
    other.serial = serial;
    return other;
  }

  /// Why the button with that text is disabled, as the page says.
  String disabled(String key) {
    var button = page.locator("main").getByRole(AriaRole.BUTTON, link(key)).first();
    assertThat(button.isDisabled()).as(key).isTrue();
    var why = Objects.requireNonNull(button.getAttribute("aria-describedby"));
    return page.locator("#" + why).innerText().strip();
  }

  /// What Karuta calls the customer with that login.
  String subject(String login) {
    return customers.byLogin(login).orElseThrow().subject();
  }

  /// The back office's page of a customer.
  Visitor office(String login) {
    return open("/office").type("find", login).press("office.find.button");
  }

  /// Gives the reason for what the back office does with the newest card.
  Visitor fill(String reason) {
    page.locator("input[name=reason]").first().fill(reason);
    return this;
  }

  /// Tries an attack. The result of the one before may still be on the page.
  Visitor attack(String kind) {
    page.evaluate("document.getElementById('result')?.remove()");
    page.locator("form[action='/attack/" + kind + "'] button").click();
    page.locator("#result").waitFor();
    return this;
  }

  /// The facts of an attack's result.
  List<String> facts() {
    return page.locator("#result dd").allTextContents().stream().map(String::strip).toList();
  }

  /// Answers the question of a transfer.
  Visitor answer(boolean right) {
    return pick(right).press("question.send.TRANSFER");
  }

  /// From the order to the card in the visitor's hands, by the demo clock.
  Visitor orderAndReceive(String postal) {
    open("/services/order").type("postal", postal).press("order.button").sees("way.ordered.thanks");
    return receive();
  }

  /// From the page of the card's way to the card in the visitor's hands. The visitor is elsewhere while the card is
  /// made, or looks again when the page cannot tell.
  Visitor receive() {
    sees("clock.making");
    if (scripts) {
      open("/home");
      stack.makeCards();
      open("/services/card");
    } else {
      stack.makeCards();
      follow("clock.look");
    }
    return press("clock.mail").press("clock.arrive").sees("printed.title").takeCard();
  }

  /// The card is made while the visitor looks on, and the page says so by itself.
  Visitor waitForCard() {
    sees("clock.making");
    stack.makeCards();
    return sees("clock.mail");
  }

  /// Confirms the notice and answers for the new card.
  Visitor switchCard() {
    open("/services/switch");
    page.locator("input[name=understood]").check();
    press("switch.next");
    page.waitForURL(address + "confirm/*");
    withoutScript().pick(true).press("question.send.SWITCH");
    return reads("done.switch");
  }

  /// Logs in as a customer who pays with pictures already. Nobody has to walk that way in the browser again: the suites
  /// of the whole way do.
  Visitor withCard(String login) {
    logIn(login);
    serial = CardHolder.of(stack, subject(login));
    return this;
  }

  /// Waits until the browser shows the card: its pictures are colourful, the frame of a missing image is not.
  Visitor cardIsShown() {
    var card = page.locator("img.page").first();
    card.scrollIntoViewIfNeeded();
    page.waitForCondition(() -> colourful(card.screenshot()) > 0.05);
    return this;
  }

  private static double colourful(byte[] png) {
    try {
      var image = ImageIO.read(new ByteArrayInputStream(png));
      var pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      return Arrays.stream(pixels).filter(Visitor::isColour).count() / (double) pixels.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isColour(int pixel) {
    var red = pixel >> 16 & 0xff;
    var green = pixel >> 8 & 0xff;
    var blue = pixel & 0xff;
    return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 100;
  }

  /// Looks at the screen: no accessibility violation, no sideways scrolling, no complaint, no foreign request; keeps a
  /// picture of it.
  Visitor screen(String name) {
    if (!hurried) {
      look(name, language, device);
    }
    return this;
  }

  private void look(String name, String shown, Device size) {
    page.waitForLoadState();
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(shown);
    var file = "%s-%s-%s.png".formatted(name, shown, size.name().toLowerCase(Locale.ROOT));
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screens", file))
            .setFullPage(!name.startsWith("question") && !name.equals("server-card")));
    // axe is a script itself; a page without scripts is the same page, checked with them.
    if (scripts) {
      accessible(file);
    }
    Screen.readable(page, size, file);
    assertThat(foreign).as("requests to other sites").isEmpty();
    assertThat(complaints).as("broken content security policy").isEmpty();
  }

  /// The page fits the screen, with the text twice as large it fits any, and it speaks the reader's language.
  Visitor fits(String name) {
    page.waitForLoadState();
    Screen.readable(page, device, name);
    page.evaluate("document.documentElement.style.fontSize = '200%'");
    for (var size : Device.values()) {
      page.setViewportSize(size.width, size.height);
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .as("width of %s at 200 %% on a %s", name, size)
          .isLessThanOrEqualTo(size.width);
    }
    page.setViewportSize(device.width, device.height);
    page.evaluate("document.documentElement.style.fontSize = ''");
    return this;
  }

  /// Looks at a screen that can be read again in both languages, on a phone and on a desktop.
  Visitor everywhere(String name) {
    var here = URI.create(page.url()).getPath();
    for (var size : Device.values()) {
      page.setViewportSize(size.width, size.height);
      for (var other : Texts.LANGUAGES) {
        open("/language/" + other + "?to=" + here);
        look(name, other, size);
      }
    }
    page.setViewportSize(device.width, device.height);
    return open("/language/" + language + "?to=" + here);
  }

  private void accessible(String file) {
    var options = new AxeRunOptions();
    // What passes is not listed element by element.
    options.setResultTypes(List.of("violations"));
    var violations =
        new AxeBuilder(page).setLegacyMode(true).options(options).analyze().getViolations();
    assertThat(violations)
        .as("accessibility of " + file)
        .extracting(
            rule -> rule.getId() + " " + rule.getNodes().stream().map(n -> n.getHtml()).toList())
        .isEmpty();
  }

  @Override
  public void close() {
    window.close();
  }
}
