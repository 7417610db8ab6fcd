package karuta.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.ListOrdersRequest;
import karuta.v1.QuestionAnswer;
import karuta.v1.RegisterSubjectRequest;
import org.junit.jupiter.api.Test;

/// What is in the path is not in the body, and what cannot be in the body is in the query.
class HttpRouteTest {
  @Test
  void aBodyIsWithoutWhatThePathSays() {
    var request =
        AnswerChallengeRequest.newBuilder()
            .setChallengeId("c/1 ä")
            .setIdempotencyKey("0123456789")
            .addAnswers(QuestionAnswer.newBuilder().addChoices(17).addChoices(0))
            .build();
    var route = HttpRoute.of(Method.ANSWER_CHALLENGE.descriptor());
    assertThat(route.verb()).isEqualTo(HttpMethod.POST);
    assertThat(route.target(request)).isEqualTo("/v1/challenges/c%2F1%20%C3%A4:answer");
    assertThat(new JsonObject(route.body(request)))
        .isEqualTo(
            new JsonObject(
                "{\"idempotencyKey\":\"0123456789\",\"answers\":[{\"choices\":[17,0]}]}"));
  }

  @Test
  void numbersStandInThePathToo() {
    var request = GetCardRecordRequest.newBuilder().setSubject("s-1").setGeneration(12).build();
    var route = HttpRoute.of(Method.GET_CARD_RECORD.descriptor());
    assertThat(route.verb()).isEqualTo(HttpMethod.GET);
    assertThat(route.target(request)).isEqualTo("/v1/subjects/s-1/cards/12/record");
    assertThat(route.body(request)).isEmpty();
  }

  @Test
  void withoutABodyTheRestIsTheQuery() {
    var route = HttpRoute.of(Method.LIST_ORDERS.descriptor());
    assertThat(route.target(ListOrdersRequest.getDefaultInstance())).isEqualTo("/v1/orders");
    var request = ListOrdersRequest.newBuilder().setPageSize(5).setPageToken("a+b/=").build();
    assertThat(route.target(request)).isEqualTo("/v1/orders?pageSize=5&pageToken=a%2Bb%2F%3D");
  }

  @Test
  void aPutIsAPut() {
    var request = RegisterSubjectRequest.newBuilder().setSubject("s-1").build();
    var route = HttpRoute.of(Method.REGISTER_SUBJECT.descriptor());
    assertThat(route.verb()).isEqualTo(HttpMethod.PUT);
    assertThat(route.target(request)).isEqualTo("/v1/subjects/s-1");
    assertThat(route.body(request)).isEqualTo("{}");
  }
}
