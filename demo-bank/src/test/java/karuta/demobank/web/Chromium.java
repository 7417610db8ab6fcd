package karuta.demobank.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// The machine's own Chromium, driven by Playwright. Nothing is downloaded. There is one for all suites of a test run;
/// each visitor has a separate window, with its own cookies and cache.
final class Chromium implements AutoCloseable {
  /// A window: `desktop` or `phone`.
  enum Device {
    DESKTOP(1366, 768),
    PHONE(360, 740);

    final int width;
    final int height;

    Device(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /// Hands it to suites.
  static final class Key implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext suite) {
      return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext suite) {
      return suite
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(Chromium.class, key -> new Chromium(), Chromium.class);
    }
  }

  private @Nullable Playwright playwright;
  private @Nullable Browser browser;

  private Chromium() {}

  /// Starts it unless it runs.
  void start() {
    browser();
  }

  private Browser browser() {
    if (playwright == null) {
      playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }
    if (browser == null) {
      browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable())
                      .setChromiumSandbox(false)
                      .setArgs(
                          List.of(
                              "--disable-gpu",
                              "--disable-quic",
                              "--no-first-run",
                              "--disable-background-networking",
                              "--disable-component-update",
                              "--disable-sync")));
    }
    return browser;
  }

  /// A fresh visitor's window.
  BrowserContext window(Device device, String language, boolean scripts) {
    var context =
        browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(device.width, device.height)
                    .setLocale(language)
                    .setHasTouch(device == Device.PHONE)
                    .setJavaScriptEnabled(scripts));
    context.setDefaultTimeout(30_000);
    return context;
  }

  private static Path executable() {
    var path = System.getenv().getOrDefault("PATH", "/usr/bin").split(":");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of(path).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException("no chromium on the PATH; install the package chromium"));
  }

  @Override
  public void close() {
    if (playwright != null) {
      playwright.close();
    }
  }
}
