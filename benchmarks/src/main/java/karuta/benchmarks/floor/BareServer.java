package karuta.benchmarks.floor;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// A server that does nothing: it reads each request to its end and answers with bytes that are ready, over the same
/// TLS as the challenge server. What it cannot do in a second, nothing can that is built on Vert.x.
///
/// A program of its own, as the challenge server is one. It says `serving` and its port, and ends with who started it.
public final class BareServer {
  private static final int GRPC_PREFIX = 5;

  private final Buffer question;
  private final Buffer answer;
  private final Buffer grpcQuestion;
  private final Buffer grpcAnswer;

  private BareServer(Path directory) throws IOException {
    this.question = Buffer.buffer(Files.readAllBytes(directory.resolve(Canned.QUESTION_JSON)));
    this.answer = Buffer.buffer(Files.readAllBytes(directory.resolve(Canned.ANSWER_JSON)));
    this.grpcQuestion = frame(Files.readAllBytes(directory.resolve(Canned.QUESTION_PROTO)));
    this.grpcAnswer = frame(Files.readAllBytes(directory.resolve(Canned.ANSWER_PROTO)));
  }

  /// A message of gRPC's: not compressed, its length, its bytes.
  private static Buffer frame(byte[] message) {
    return Buffer.buffer(GRPC_PREFIX + message.length)
        .appendByte((byte) 0)
        .appendInt(message.length)
        .appendBytes(message);
  }

  /// Serves.
  ///
  /// @param arguments the directory of a development PKI, and that of the bytes
  public static void main(String[] arguments) throws IOException {
    var pki = Path.of(arguments[0]);
    var bare = new BareServer(Path.of(arguments[1]));
    var server =
        Vertx.vertx()
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                        new PemTrustOptions().addCertPath(pki.resolve("ca.pem").toString()))
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(pki.resolve("server.pem").toString())
                            .setKeyPath(pki.resolve("server-key.pem").toString())))
            .requestHandler(bare::answer)
            .listen(0, "localhost")
            .await();
    System.out.println("serving " + server.actualPort());
  }

  private void answer(HttpServerRequest request) {
    var path = String.valueOf(request.path());
    var asked = path.endsWith("/challenges") || path.endsWith("CreateChallenge");
    var grpc = String.valueOf(request.getHeader("content-type")).startsWith("application/grpc");
    request
        .body()
        .onSuccess(
            _ -> {
              var response = request.response();
              if (grpc) {
                response.putHeader("content-type", "application/grpc");
                response.putTrailer("grpc-status", "0");
                response.end(asked ? grpcQuestion : grpcAnswer);
              } else {
                response.putHeader("content-type", "application/json");
                response.end(asked ? question : answer);
              }
            });
  }
}
