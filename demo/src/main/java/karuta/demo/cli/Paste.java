package karuta.demo.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import karuta.demo.Customer;
import karuta.v1.AskedCell;
import karuta.v1.CardState;
import karuta.v1.Challenge;
import karuta.v1.QuestionAnswer;

/// Commands for a person to paste: what a front end sends, with `curl` in its place.
///
/// @param api where the server is
/// @param pki the directory with the front end's certificate
record Paste(URI api, Path pki) {
  /// Puts a question to a customer.
  ///
  /// @return the question in words, and the request that answers it right; the card's holder finds the pictures on the
  ///     card, here the bureau's records stand in for it
  String question(Customer customer) {
    var challenge =
        customer.newest().getState() == CardState.MAILED
            ? customer.activate()
            : customer.transfer("demo");
    return answer(challenge, customer.rightAnswer(challenge));
  }

  private String answer(Challenge challenge, List<QuestionAnswer> right) {
    var cells =
        challenge.getQuestions(0).getCellsList().stream()
            .map(AskedCell::getCell)
            .collect(Collectors.joining(" and "));
    var answers = new JsonArray();
    right.forEach(
        answer ->
            answers.add(new JsonObject().put("choices", new JsonArray(answer.getChoicesList()))));
    var body =
        new JsonObject().put("idempotencyKey", Customer.newKey()).put("answers", answers).encode();
    return """
    a question was put to %s: the pictures in %s, each among 64
    its right answer, to paste within three minutes:

      %s -d '%s' \\
        %s/v1/challenges/%s:answer
    """
        .formatted(challenge.getSubject(), cells, curl(), body, api, challenge.getChallengeId());
  }

  private String curl() {
    return "curl --cacert %s --cert %s --key %s \\\n        -H 'content-type: application/json'"
        .formatted(quoted("ca.pem"), quoted("front-end.pem"), quoted("front-end-key.pem"));
  }

  /// As a shell takes it, whatever the directory is called.
  private String quoted(String file) {
    return "'" + pki.toAbsolutePath().resolve(file).toString().replace("'", "'\\''") + "'";
  }
}
