package karuta.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import karuta.command.ExitCode;
import karuta.log.StackSummary;
import karuta.server.config.ServerConfigReader;
import org.jspecify.annotations.Nullable;
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
      "Reads one configuration file. Before it listens it tests the token: keys that break the policy and tokens that fail the"
          + " self-test are refused. It ends in order on SIGTERM or SIGINT: requests under way are answered. At SIGHUP it reads certificates, keys and clients again.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  karuta serve --example > server.toml",
      "  karuta serve --config server.toml --check",
      "  karuta serve --config server.toml",
      "",
      "Exit codes: 0 ended in order, 1 the keys break the policy, 2 usage or configuration,",
      "3 the token is missing or fails its self-test"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  static final class What {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        required = true,
        description =
            "the configuration, a TOML file; every problem in it is named by file, line and field")
    @Nullable Path config;

    @Option(
        names = "--example",
        required = true,
        description = "print a configuration with every field and what it means, and end")
    boolean example;
  }

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(
      names = "--check",
      description = "read and check the configuration, touch nothing, and end")
  private boolean check;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var file = what.config;
    if (file == null) {
      out().print(example());
      out().flush();
      return ExitCode.DONE;
    }
    var config = ServerConfigReader.read(file);
    if (check) {
      out().println(file + ": in order");
      return ExitCode.DONE;
    }
    var reloads = new Reloads(file);
    if (!Hangup.handle(reloads::hangUp)) {
      LOG.info("this process gets no SIGHUP; other certificates or clients need a restart");
    }
    var serving = Serving.start(config);
    endWithTheProcess(serving);
    reloads.serve(serving::reload);
    out()
        .printf(
            "serving %s://%s:%d, management http://%s:%d%n",
            config.api().tls().isPresent() ? "https" : "http",
            config.api().host(),
            serving.apiPort(),
            config.management().host(),
            serving.managementPort());
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  /// SIGTERM and SIGINT run the hook. The JVM would end with 143 or 130; an orderly end is 0.
  static void endWithTheProcess(Serving serving) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("karuta-shutdown")
                .unstarted(
                    () -> {
                      try {
                        serving.close();
                        Runtime.getRuntime().halt(ExitCode.DONE);
                      } catch (RuntimeException failure) {
                        LOG.error("not shut down in order: {}", StackSummary.line(failure));
                      }
                    }));
  }

  /// The example configuration.
  static String example() {
    try (var in = ServeCommand.class.getResourceAsStream("/karuta/server/example.toml")) {
      if (in == null) {
        throw new IllegalStateException("the example configuration is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PrintWriter out() {
    return java.util.Objects.requireNonNull(spec).commandLine().getOut();
  }
}
