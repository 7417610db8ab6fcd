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

/// The machine's own Chromium, driven by Playwright. Nothing is downloaded.
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

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
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

  /// A fresh visitor's window.
  BrowserContext window(Device device, String language, boolean scripts) {
    var context =
        browser.newContext(
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
    playwright.close();
  }
}
