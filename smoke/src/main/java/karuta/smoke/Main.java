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
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs every check against a server that is already up, with three customers whose cards have been mailed.
@Command(
    name = "smoke",
    description = "asks a running challenge server everything a bank would and counts what holds",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Option(names = "--port", required = true, description = "port of the API on 127.0.0.1")
  private int port;

  @Option(names = "--management-port", required = true, description = "port of health and metrics")
  private int managementPort;

  @Option(
      names = "--pki",
      required = true,
      description = "folder with ca.pem and the client certificates")
  private Path pki = Path.of("");

  @Option(names = "--records", required = true, description = "records of the opened print job")
  private Path records = Path.of("");

  @Option(names = "--already-passed", description = "steps to count in front of the checks")
  private int alreadyPassed;

  /// Entry point; exit code 0 if every check held, 1 if not, 2 for wrong usage.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var vertx = Vertx.vertx();
    try {
      var tally = new Tally(System.out, alreadyPassed);
      var frontEnd = web(vertx, "front-end");
      var backOffice = web(vertx, "back-office");
      var server = SocketAddress.inetSocketAddress(port, "127.0.0.1");
      var grpc =
          new GrpcDoor(GrpcClient.client(vertx, tls(new HttpClientOptions(), "front-end")), server);
      var grpcBack =
          new GrpcDoor(
              GrpcClient.client(vertx, tls(new HttpClientOptions(), "back-office")), server);
      var management =
          WebClient.create(
              vertx,
              new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(managementPort));
      new Checks(
              tally,
              new Checks.Doors(frontEnd, backOffice, grpc, grpcBack, new RestDoor(management)),
              Card.readAll(records))
          .run();
      return tally.close() ? 0 : 1;
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private RestDoor web(Vertx vertx, String client) {
    var options = new WebClientOptions();
    tls(options, client);
    return new RestDoor(
        WebClient.create(vertx, options.setDefaultHost("127.0.0.1").setDefaultPort(port)));
  }

  private HttpClientOptions tls(HttpClientOptions options, String client) {
    return options
        .setSsl(true)
        .setUseAlpn(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(pki.resolve("ca.pem").toString()))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(pki.resolve(client + ".pem").toString())
                .setKeyPath(pki.resolve(client + "-key.pem").toString()));
  }
}
