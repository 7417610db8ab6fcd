package karuta.smoke;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
import java.util.List;
import karuta.v1.Challenge;
import karuta.v1.QuestionAnswer;
import picocli.CommandLine.Option;

/// How to reach a server on this machine as one of its two roles, with the development certificates.
final class Connection {
  static final String FRONT_END = "front-end";
  static final String BACK_OFFICE = "back-office";

  @Option(names = "--port", required = true, description = "port of the API on localhost")
  private int port;

  @Option(
      names = "--pki",
      required = true,
      description = "directory that ./karuta pki dev made: ca.pem and the clients' certificates")
  private Path pki = Path.of("");

  RestDoor rest(Vertx vertx, String role) {
    var options = new WebClientOptions();
    tls(options, role);
    return new RestDoor(
        WebClient.create(vertx, options.setDefaultHost("localhost").setDefaultPort(port)));
  }

  GrpcDoor grpc(Vertx vertx, String role) {
    return new GrpcDoor(
        GrpcClient.client(vertx, tls(new HttpClientOptions(), role)),
        SocketAddress.inetSocketAddress(port, "localhost"));
  }

  /// A question as text, and the command that answers it as the customer with the card would.
  String pasteable(Challenge challenge, List<QuestionAnswer> answers) {
    var cells = String.join(" and ", Journey.cells(challenge));
    var choices = answers.getFirst().getChoicesList();
    return """
        demo-1 is asked for the pictures in %1$s of the card that came by post: choices %2$s of 0..63
        the answer, to paste within three minutes:

        curl --cacert %3$s/ca.pem --cert %3$s/front-end.pem --key %3$s/front-end-key.pem \\
          -H 'content-type: application/json' https://localhost:%4$d/v1/challenges/%5$s:answer \\
          -d '{"idempotencyKey":"%6$s","answers":[{"choices":%2$s}]}'

        """
        .formatted(
            cells,
            choices,
            pki.toAbsolutePath(),
            port,
            challenge.getChallengeId(),
            Journey.newKey());
  }

  private HttpClientOptions tls(HttpClientOptions options, String role) {
    return options
        .setSsl(true)
        .setUseAlpn(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(pki.resolve("ca.pem").toString()))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(pki.resolve(role + ".pem").toString())
                .setKeyPath(pki.resolve(role + "-key.pem").toString()));
  }
}
