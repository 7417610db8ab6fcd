package karuta.smoke;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs every check against a server that is already up, with three customers whose cards have been mailed.
@Command(
    name = "smoke",
    description = "asks a running challenge server everything a bank would and counts what holds",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Option(names = "--management-port", required = true, description = "port of health and metrics")
  private int managementPort;

  @Option(names = "--records", required = true, description = "records of the opened print job")
  private Path records = Path.of("");

  @Mixin private final ServerProcess server = new ServerProcess();

  @Option(names = "--already-passed", description = "steps to count in front of the checks")
  private int alreadyPassed;

  /// Entry point; exit code 0 if every check held, 1 if not, 2 for wrong usage.
  public static void main(String[] arguments) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var vertx = Vertx.vertx();
    try {
      var tally = new Tally(System.out, alreadyPassed);
      var management =
          new RawHttp(
              WebClient.create(
                  vertx,
                  new WebClientOptions()
                      .setDefaultHost("127.0.0.1")
                      .setDefaultPort(managementPort)));
      var ways =
          new Checks.Ways(
              connection.rest(vertx, Connection.FRONT_END),
              connection.rest(vertx, Connection.BACK_OFFICE),
              connection.grpc(vertx, Connection.FRONT_END),
              connection.grpc(vertx, Connection.BACK_OFFICE),
              connection.files(vertx),
              connection.raw(vertx),
              management);
      var checks = new Checks(tally, ways, Card.readAll(records));
      checks.run();
      new MemoryChecks(checks.customers(), server, management).run(tally);
      return tally.close() ? 0 : 1;
    } finally {
      Waiting.on(vertx.close());
    }
  }
}
