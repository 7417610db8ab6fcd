package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.WebClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pictures, keys and the description, as clients get them.
class PagesTest {
  private static TestServer server;
  private static WebClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, TestServer.Setup.usual());
    client = server.rest("front-end", HttpVersion.HTTP_2);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theAddressOfAChoiceLeadsToItsPicture() {
    var challenge =
        server
            .send(client, "GET", "/v1/challenges/" + FakeDomain.ID, null, new byte[0])
            .json()
            .getJsonArray("questions")
            .getJsonObject(0)
            .getJsonArray("cells")
            .getJsonObject(0);
    assertThat(challenge.getString("cell")).isEqualTo("ウ-7");
    assertThat(challenge.getJsonArray("choices")).hasSize(64);
    var choice = challenge.getJsonArray("choices").getJsonObject(5);
    var picture = Catalogue.v1().picture(new PictureId(5));
    assertThat(choice.getInteger("choice")).isEqualTo(5);
    assertThat(choice.getString("labelJa")).isEqualTo(picture.ja());
    var reply = server.send(client, "GET", choice.getString("pictureUrl"), null, new byte[0]);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.type()).isEqualTo("image/svg+xml");
    assertThat(reply.body().getBytes(StandardCharsets.UTF_8)).isEqualTo(picture.svg());
    assertThat(reply.headers().get("cache-control")).contains("immutable");
    assertThat(reply.headers().get("content-security-policy")).contains("default-src 'none'");
    assertThat(reply.headers().get("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void theSheetOfAQuestionHasItsPictures() {
    var challenge =
        server.send(client, "GET", "/v1/challenges/" + FakeDomain.ID, null, new byte[0]).json();
    var reply =
        server.send(client, "GET", challenge.getString("pictureSheetUrl"), null, new byte[0]);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.type()).isEqualTo("image/svg+xml");
    assertThat(reply.headers().get("cache-control")).contains("immutable");
    var choices =
        challenge
            .getJsonArray("questions")
            .getJsonObject(0)
            .getJsonArray("cells")
            .getJsonObject(0)
            .getJsonArray("choices");
    for (int i = 0; i < choices.size(); i++) {
      var url = choices.getJsonObject(i).getString("pictureUrl");
      var digits = url.substring(url.lastIndexOf('/') + 1, url.length() - ".svg".length());
      assertThat(reply.body()).contains("<symbol id=\"p" + digits + "\"");
    }
  }

  @Test
  void answersOfTheApiAreNotKept() {
    var reply = server.send(client, "GET", "/v1/challenges/" + FakeDomain.ID, null, new byte[0]);
    assertThat(reply.headers().getAll("cache-control")).containsExactly("no-store");
  }

  @Test
  void fieldsAtTheirDefaultArePrinted() {
    var reply =
        server.send(client, "GET", "/v1/challenges/" + FakeDomain.ID, null, new byte[0]).json();
    assertThat(reply.getBoolean("renewalDue")).isFalse();
    assertThat(reply.getString("receipt")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void headIsGetWithoutItsBody(HttpVersion version) {
    var either = server.rest("front-end", version);
    for (var path : new String[] {"/openapi.yaml", "/v1/subjects/customer-1"}) {
      var head = server.send(either, "HEAD", path, null, new byte[0]);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(server.send(either, "GET", path, null, new byte[0]).body()).isNotEmpty();
    }
  }
}
