package karuta.demobank.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import karuta.catalogue.Catalogue;
import karuta.catalogue.PictureSheet;
import karuta.demobank.bank.Customers;
import karuta.demobank.fake.FakeStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a browser never shows: headers, cookies, forged forms, other people's pages.
class GuardTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{32})\"");

  @TempDir private Path letterbox;
  private FakeStack stack;
  private Server server;

  @BeforeEach
  void start() {
    stack = new FakeStack(letterbox);
    server =
        Server.start(
            new DemoBank(
                0,
                stack.frontEnd(),
                stack.backOffice(),
                letterbox,
                Customers.demo("guard"),
                stack.clock(),
                new SecureRandom()));
  }

  @AfterEach
  void stop() {
    server.close();
    stack.close();
  }

  /// A program with cookies of its own.
  private final class Client {
    private final HttpClient http =
        HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return send(HttpRequest.newBuilder(at(path)).build());
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
      return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
      return send(
          HttpRequest.newBuilder(at(path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build());
    }

    Client logIn(String login) throws IOException, InterruptedException {
      assertThat(post("/login", "csrf=" + token("/") + "&login=" + login).statusCode())
          .isEqualTo(303);
      return this;
    }

    String token(String path) throws IOException, InterruptedException {
      var token = TOKEN.matcher(get(path).body());
      assertThat(token.find()).isTrue();
      return token.group(1);
    }

    private HttpResponse<String> send(HttpRequest request)
        throws IOException, InterruptedException {
      return http.send(request, BodyHandlers.ofString());
    }

    private URI at(String path) {
      return URI.create(server.address()).resolve(path);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void everyPageHasAStrictPolicyAndNoInlineCode() throws Exception {
    var client = new Client().logIn("1001");
    for (var path : new String[] {"/", "/home", "/transfer", "/services", "/office", "/attack"}) {
      var page = client.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(header(page, "Content-Security-Policy"))
          .startsWith("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
      assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(page.body()).doesNotContain("style=", "onclick", "<style", "javascript:");
      assertThat(page.body()).doesNotContainPattern("<script(?![^>]*src=)");
    }
  }

  @Test
  void theSessionCookieIsForThisSiteAndNotForScripts() throws Exception {
    assertThat(header(new Client().get("/"), "Set-Cookie"))
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Strict");
  }

  @Test
  void loggingInGivesTheSessionANewName() throws Exception {
    var client = new Client();
    var before = header(client.get("/"), "Set-Cookie");
    var after =
        header(client.post("/login", "csrf=" + client.token("/") + "&login=1001"), "Set-Cookie");
    assertThat(after).isNotEmpty().isNotEqualTo(before);
  }

  @Test
  void aFormWithoutItsTokenChangesNothing() throws Exception {
    var client = new Client().logIn("1001");
    assertThat(client.post("/services/order", "postal=0000001").statusCode()).isEqualTo(403);
    assertThat(
            client
                .post("/services/order", "csrf=" + "0".repeat(32) + "&postal=0000001")
                .statusCode())
        .isEqualTo(403);
    assertThat(client.get("/services/card").body()).doesNotContain("class=\"way\"");
  }

  @Test
  void aForeignNameIsNotAnswered() throws Exception {
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                  .getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 421");
    }
  }

  @Test
  void anotherCustomersTransferIsNotFound() throws Exception {
    var owner = new Client().logIn("1001");
    var made = owner.post("/transfer", "csrf=" + owner.token("/transfer") + "&payee=A&amount=1");
    var page = header(made, "Location");
    assertThat(owner.get(page).statusCode()).isEqualTo(200);
    assertThat(new Client().logIn("1002").get(page).statusCode()).isEqualTo(404);
    assertThat(new Client().get(page).statusCode()).isEqualTo(303);
  }

  @Test
  void aPasswordSentTwiceMovesMoneyOnce() throws Exception {
    var client = new Client().logIn("1001");
    var made =
        client.post("/transfer", "csrf=" + client.token("/transfer") + "&payee=A&amount=500");
    var page = header(made, "Location");
    var form = "csrf=" + client.token(page) + "&password=482913";
    client.post(page + "/password", form);
    client.post(page + "/password", form);
    assertThat(client.get("/home").body()).contains("1,284,000");
  }

  @Test
  void aCardIsShownToItsOwnerOnceItHasArrived() throws Exception {
    var owner = new Client().logIn("1003");
    stack.makeCards();
    var serial = serial();
    var page = "/letterbox/" + serial + ".pdf";
    assertThat(owner.get(page).statusCode()).isEqualTo(404);
    owner.post("/clock/mail", "csrf=" + owner.token("/services/card"));
    owner.post("/clock/arrive", "csrf=" + owner.token("/services/card"));
    var shown = owner.get(page);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(header(shown, "Content-Type")).isEqualTo("application/pdf");
    assertThat(header(shown, "Cache-Control")).isEqualTo("no-store");
    assertThat(new Client().logIn("1001").get(page).statusCode()).isEqualTo(404);
    assertThat(new Client().get(page).statusCode()).isEqualTo(303);
  }

  @Test
  void thePreviewOfACardIsAnImageForItsOwner() throws Exception {
    var owner = new Client().logIn("1003");
    stack.makeCards();
    var page = "/letterbox/" + serial() + ".png";
    assertThat(owner.get(page).statusCode()).isEqualTo(404);
    owner.post("/clock/mail", "csrf=" + owner.token("/services/card"));
    owner.post("/clock/arrive", "csrf=" + owner.token("/services/card"));
    assertThat(owner.get("/services/card").body()).contains("<img class=\"page\" src=\"" + page);
    var shown = owner.bytes(page);
    assertThat(header(shown, "Content-Type")).isEqualTo("image/png");
    assertThat(header(shown, "Cache-Control")).isEqualTo("no-store");
    var image = ImageIO.read(new ByteArrayInputStream(shown.body()));
    assertThat(image.getWidth()).isEqualTo(1011);
    assertThat(image.getHeight()).isEqualTo(637);
    var pixels = image.getRGB(0, 0, 1011, 637, null, 0, 1011);
    assertThat(IntStream.of(pixels).filter(pixel -> (pixel & 0xff) < 0x80).count())
        .as("ink")
        .isGreaterThan(2_000);
    assertThat(new Client().logIn("1001").get(page).statusCode()).isEqualTo(404);
    assertThat(new Client().get(page).statusCode()).isEqualTo(303);
  }

  private String serial() throws IOException {
    try (var files = Files.list(letterbox)) {
      return files.findFirst().orElseThrow().getFileName().toString().substring(0, 11);
    }
  }

  @Test
  void picturesAreKeptForEverAndNothingElseIsPassedThrough() throws Exception {
    var client = new Client();
    var sheet = PictureSheet.of(Catalogue.v1().files());
    var shown = client.get("/pictures/sheet-" + sheet.sha256() + ".svg");
    assertThat(shown.body()).isEqualTo(new String(sheet.svg(), UTF_8));
    assertThat(header(shown, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(shown, "Content-Encoding")).isEmpty();
    assertThat(header(shown, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(shown, "Cache-Control")).contains("immutable");
    assertThat(header(shown, "Set-Cookie")).isEmpty();
    assertThat(client.get("/pictures/..%2Fv1%2Forders.svg").statusCode()).isEqualTo(404);
    assertThat(client.get("/pictures/sheet-" + "0".repeat(64) + ".svg").statusCode())
        .isEqualTo(404);
  }

  @Test
  void theLanguageSwitchLeadsNowhereElse() throws Exception {
    var client = new Client();
    assertThat(header(client.get("/language/en?to=/office"), "Location")).isEqualTo("/office");
    assertThat(header(client.get("/language/en?to=//example.org"), "Location")).isEqualTo("/");
    assertThat(header(client.get("/language/en?to=https://example.org"), "Location"))
        .isEqualTo("/");
    assertThat(client.get("/").body()).contains("<html lang=\"en\">");
  }

  @Test
  void anAnswerOfNonsenseIsNoAnswer() throws Exception {
    var client = new Client().logIn("1001");
    var made = client.post("/transfer", "csrf=" + client.token("/transfer") + "&payee=A&amount=1");
    var page = header(made, "Location");
    var token = client.token(page);
    for (var form :
        new String[] {
          "", "&challenge=x&key=y", "&challenge=x&key=y&q0c0=99999", "&q0c0=a&q0c1=b"
        }) {
      assertThat(client.post(page + "/answer", "csrf=" + token + form).statusCode()).isEqualTo(303);
    }
    assertThat(client.get(page).body()).contains("name=\"password\"");
  }
}
