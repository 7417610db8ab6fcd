package karuta.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The REST transport's statuses, as a table.
class StatusTableTest {
  private static final String JSON = "application/json";
  private static TestServer server;
  private static WebClient one;
  private static WebClient two;
  private static WebClient office;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, TestServer.Setup.usual());
    one = server.rest("front-end", HttpVersion.HTTP_1_1);
    two = server.rest("front-end", HttpVersion.HTTP_2);
    office = server.rest("back-office", HttpVersion.HTTP_2);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0} {1} {2} -> {4} {5}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      nullValues = "-",
      textBlock =
          """
          POST | /v1/challenges                 | application/json                | {"subject":"c1","purpose":"TRANSFER"} | 200 | -
          POST | /v1/challenges                 | application/json; charset=utf-8 | {"subject":"c1","purpose":"TRANSFER"} | 200 | -
          POST | /v1/challenges                 | application/json;charset="UTF-8"| {"subject":"c1","purpose":"TRANSFER"} | 200 | -
          POST | /v1/challenges                 | Application/JSON                | {"subject":"c1","purpose":"TRANSFER","step_up":true} | 200 | -
          POST | /v1/challenges                 | application/json; charset=utf-16| {}          | 415 | unsupported_media_type
          POST | /v1/challenges                 | text/plain                      | {}          | 415 | unsupported_media_type
          POST | /v1/challenges                 | application/x-www-form-urlencoded | a=b       | 415 | unsupported_media_type
          POST | /v1/challenges                 | application/grpc-web            | {}          | 415 | unsupported_media_type
          POST | /v1/challenges                 | -                               | {}          | 415 | unsupported_media_type
          POST | /v1/challenges                 | application/json                | {           | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | {"subject":"a","subject":"b"} | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | {"subject":"a"} x | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | {subject:'a'} | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | []          | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | null        | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | "x"         | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | {"subject":7.5} | 400 | invalid_field
          POST | /v1/challenges                 | application/json                | {"subject":{}} | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | {"purpose":"GIFT"} | 400 | malformed_request
          POST | /v1/challenges                 | application/json                | {"picture":1} | 400 | unknown_field
          POST | /v1/challenges                 | application/json                | {"subject":"c1"} | 400 | invalid_field
          POST | /v1/challenges                 | application/json                | {"subject":"c1","purpose":"ACTIVATION"} | 400 | invalid_field
          POST | /v1/challenges                 | application/json                | {"subject":"c 1","purpose":"TRANSFER"} | 400 | invalid_field
          POST | /v1/challenges                 | application/json                | {"subject":"c1","purpose":"TRANSFER","transaction":{"payee":"a\\nb"}} | 400 | invalid_field
          POST | /v1/challenges                 | application/json                | {"subject":"c1","purpose":"TRANSFER","transaction":{"payee":"\\ud800"}} | 400 | invalid_field
          POST | /v1/challenges?debug=1         | application/json                | {"subject":"c1","purpose":"TRANSFER"} | 400 | unknown_field
          GET  | /v1/challenges                 | -                               | -           | 405 | method_not_allowed
          DELETE | /v1/challenges               | -                               | -           | 405 | method_not_allowed
          OPTIONS | /v1/challenges              | -                               | -           | 405 | method_not_allowed
          GET  | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA | -                        | -           | 200 | -
          GET  | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA | application/json         | -           | 200 | -
          GET  | /v1/challenges/short           | -                               | -           | 404 | challenge_not_found
          GET  | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA?challengeId=B | -           | -           | 400 | path_conflict
          GET  | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA?x=1 | -                     | -           | 400 | unknown_field
          PUT  | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA | application/json         | {}          | 405 | method_not_allowed
          GET  | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:answer | -                  | -           | 405 | method_not_allowed
          POST | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:answer | application/json  | {"idempotencyKey":"12345678","answers":[{"choices":[1,2]}]} | 200 | -
          POST | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:answer | application/json  | {"challengeId":"AAAAAAAAAAAAAAAAAAAAAA","idempotencyKey":"12345678"} | 200 | -
          POST | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:answer | application/json  | {"challengeId":"BBBBBBBBBBBBBBBBBBBBBB","idempotencyKey":"12345678"} | 400 | path_conflict
          POST | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:answer | application/json  | {"challenge_id":"EVIL","idempotencyKey":"12345678"} | 400 | path_conflict
          POST | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:answer | application/json  | {"idempotencyKey":"short"} | 400 | invalid_field
          POST | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:answer | application/json  | {"idempotencyKey":"12345678","answers":[{"choices":[1e99]}]} | 400 | malformed_request
          POST | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA:shout | application/json   | {}          | 405 | method_not_allowed
          GET  | /v1/subjects/c1                | -                               | -           | 200 | -
          GET  | /v1/subjects/%E3%82%A6         | -                               | -           | 400 | invalid_field
          GET  | /v1/subjects/%zz               | -                               | -           | 400 | malformed_request
          GET  | /v1/subjects/                  | -                               | -           | 404 | unknown_path
          GET  | /v1/subjects/c1/cards          | -                               | -           | 404 | unknown_path
          POST | /v1/subjects/c1/cards:order    | -                               | -           | 200 | -
          POST | /v1/subjects/c1/cards:order    | application/json                | {"profile":"gold"} | 400 | invalid_field
          POST | /v1/subjects/c1/cards:activate | application/json                | {"noticeConfirmed":true} | 200 | -
          POST | /v1/subjects/c1/cards:suspend  | application/json                | {"reason":"lost","generation":-1} | 400 | invalid_field
          POST | /v1/subjects/c1/cards:unlock   | application/json                | {"generation":1,"reason":"x"} | 403 | wrong_role
          PUT  | /v1/subjects/c1                | application/json                | {"method":"METHOD_NONE"} | 403 | wrong_role
          GET  | /v1/cards?serial=01234567894   | -                               | -           | 403 | wrong_role
          GET  | /v1/subjects/c1/cards/1/record | -                               | -           | 403 | wrong_role
          GET  | /v1/orders                     | -                               | -           | 403 | wrong_role
          GET  | /v1/orders                     | -                               | {           | 403 | wrong_role
          GET  | /                              | -                               | -           | 404 | unknown_path
          GET  | /v2/challenges                 | -                               | -           | 404 | unknown_path
          POST | /karuta.v1.CardService/GetSubject | application/json             | {}          | 404 | unknown_path
          GET  | /v1/pictures/nothing.svg       | -                               | -           | 404 | picture_not_found
          POST | /v1/pictures/nothing.svg       | application/json                | {}          | 405 | method_not_allowed
          GET  | /.well-known/jwks.json         | -                               | -           | 200 | -
          GET  | /openapi.yaml                  | -                               | -           | 200 | -
          """)
  void theFrontEndGets(
      String method,
      String path,
      @Nullable String type,
      @Nullable String body,
      int status,
      @Nullable String code) {
    for (var client : new WebClient[] {one, two}) {
      expect(client, method, path, type, body, status, code);
    }
  }

  @ParameterizedTest(name = "{0} {1} -> {3} {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      nullValues = "-",
      textBlock =
          """
          POST | /v1/challenges             | {"subject":"c1","purpose":"TRANSFER"} | 403 | wrong_role
          GET  | /v1/challenges/AAAAAAAAAAAAAAAAAAAAAA | -            | 403 | wrong_role
          GET  | /v1/orders                 | -                         | 200 | -
          GET  | /v1/orders?page_size=10&pageToken=x | -                | 200 | -
          GET  | /v1/orders?pageSize=10&page_size=10 | -                | 400 | invalid_field
          GET  | /v1/orders?pageSize=1001   | -                         | 400 | invalid_field
          GET  | /v1/orders?pageSize=many   | -                         | 400 | invalid_field
          GET  | /v1/orders?pageSize=99999999999 | -                    | 400 | invalid_field
          GET  | /v1/subjects/c1/audit      | -                         | 200 | -
          GET  | /v1/subjects/c1/audit?subject=c2 | -                   | 400 | path_conflict
          GET  | /v1/cards?serial=01234567894 | -                       | 200 | -
          GET  | /v1/cards?serial=0123+4567+894 | -                     | 200 | -
          GET  | /v1/cards?serial=01234567890 | -                       | 400 | invalid_field
          GET  | /v1/cards                  | -                         | 400 | invalid_field
          GET  | /v1/cards/01234567894/record | -                       | 404 | unknown_path
          GET  | /v1/subjects/c1/cards/1/record | -                     | 200 | -
          GET  | /v1/subjects/c1/cards/0/record | -                     | 400 | invalid_field
          GET  | /v1/subjects/c1/cards/-1/record | -                    | 400 | invalid_field
          GET  | /v1/subjects/c1/cards/99999999999/record | -           | 400 | invalid_field
          GET  | /v1/subjects/c1/cards/one/record | -                   | 400 | invalid_field
          GET  | /v1/subjects/c1/cards/1/record?generation=2 | -        | 400 | path_conflict
          POST | /v1/subjects/c1/cards/1/record | {}                    | 405 | method_not_allowed
          PUT  | /v1/subjects/c1            | {"method":"METHOD_NONE"}  | 200 | -
          PUT  | /v1/subjects/c1            | {"method":"METHOD_UNSPECIFIED"} | 400 | invalid_field
          PUT  | /v1/subjects/c1            | {"method":77}             | 400 | invalid_field
          POST | /v1/subjects/c1/cards:mail | {"generation":1,"trackingNumber":"1","mailedAt":"2026-03-01T00:00:00Z"} | 200 | -
          POST | /v1/subjects/c1/cards:mail | {"generation":1,"mailedAt":"yesterday"} | 400 | malformed_request
          POST | /v1/subjects/c1/cards:mail | {"generation":1,"mailedAt":"1901-03-01T00:00:00Z"} | 400 | invalid_field
          POST | /v1/subjects/c1/cards:mail | {"generation":0}          | 400 | invalid_field
          POST | /v1/subjects/c1/cards:unlock | {"generation":1,"reason":"x"} | 200 | -
          """)
  void theBackOfficeGets(
      String method, String path, @Nullable String body, int status, @Nullable String code) {
    expect(office, method, path, body == null ? null : JSON, body, status, code);
  }

  private static void expect(
      WebClient client,
      String method,
      String path,
      @Nullable String type,
      @Nullable String body,
      int status,
      @Nullable String code) {
    var reply =
        server.send(client, method, path, type, body == null ? new byte[0] : body.getBytes(UTF_8));
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.headers().get("x-request-id")).matches("[0-9a-f]{16}");
    assertThat(reply.headers().get("x-content-type-options")).isEqualTo("nosniff");
    if (code != null) {
      assertThat(reply.type()).isEqualTo(Problem.MEDIA_TYPE);
      assertThat(reply.code()).isEqualTo(code);
      assertThat(reply.json().getInteger("status")).isEqualTo(status);
      assertThat(reply.json().getString("requestId"))
          .isEqualTo(reply.headers().get("x-request-id"));
    }
    if (status == 405) {
      assertThat(reply.headers().get("allow")).isNotBlank();
    }
  }
}
