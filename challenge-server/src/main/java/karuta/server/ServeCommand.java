package karuta.server;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import karuta.command.ConfigOrExample;
import karuta.command.ExitCode;
import karuta.command.OrderlyEnd;
import karuta.server.config.ServerConfigReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta serve`.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Puts questions and has answers verified, over gRPC and REST on one port.",
      "",
      "Reads one configuration file, and opens the store before it listens. The guard need not be there yet: until it is, questions"
          + " are put and answers are refused. It ends in order on SIGTERM or SIGINT: requests under way are answered. At SIGHUP it"
          + " reads certificates, keys and clients again.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  karuta serve --example > server.toml",
      "  karuta serve --config server.toml --check",
      "  karuta serve --config server.toml",
      "",
      "Exit codes: 0 ended in order, 2 usage or configuration, 4 the store's PostgreSQL is not to be had "
          + "now, 70 a defect, or a Java that does not start; start it again after 4 and 70"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @ArgGroup(multiplicity = "1")
  private ConfigOrExample what;

  @Option(
      names = "--check",
      description = "read and check the configuration, touch nothing, and end")
  private boolean check;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var file = what.config();
    if (file == null) {
      out().print(ConfigOrExample.example(ServeCommand.class, "/karuta/server/example.toml"));
      out().flush();
      return ExitCode.DONE;
    }
    var config = ServerConfigReader.read(file);
    var certificates = new ServedCertificates(InstantSource.system(), LOG::warn);
    certificates.take(config);
    if (check) {
      out().println(file + ": in order");
      return ExitCode.DONE;
    }
    var reloads = new Reloads(file);
    if (!Hangup.handle(reloads::hangUp)) {
      LOG.info("this process gets no SIGHUP; other certificates or clients need a restart");
    }
    var serving = Serving.start(config);
    OrderlyEnd.withTheProcess(serving::close);
    reloads.serve(
        changed -> {
          certificates.take(changed);
          serving.reload(changed);
        });
    out()
        .printf(
            "serving %s://%s:%d, management http://%s:%d%n",
            config.api().tls().isPresent() ? "https" : "http",
            config.api().host(),
            serving.apiPort(),
            config.management().host(),
            serving.managementPort());
    certificates.sayEvery(Duration.ofDays(1));
    return ExitCode.DONE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
