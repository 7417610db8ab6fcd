package karuta.demobank;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import karuta.client.Identity;
import karuta.demobank.api.Karuta.Access;
import karuta.demobank.bank.Customers;
import karuta.demobank.web.DemoBank;
import karuta.demobank.web.Server;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `demo-bank`: serves the demo bank on loopback until it is stopped. Ends with 2 when its options are not usable.
@Command(
    name = "demo-bank",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves a small internet-banking front end on loopback, for people to try.",
      "It knows of cards only what the challenge server's REST API tells."
    })
public final class DemoBankCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "where to listen on loopback; 0 takes a free port (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--api",
      paramLabel = "URL",
      required = true,
      description = "the challenge server, for example https://localhost:8443")
  private URI api;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      required = true,
      description = "the authority that vouches for the challenge server (PEM)")
  private Path ca;

  @Option(
      names = "--front-cert",
      paramLabel = "FILE",
      required = true,
      description = "the front end's client certificate (PEM)")
  private Path frontCertificate;

  @Option(
      names = "--front-key",
      paramLabel = "FILE",
      required = true,
      description = "its private key (PEM)")
  private Path frontKey;

  @Option(
      names = "--office-cert",
      paramLabel = "FILE",
      required = true,
      description = "the back office's client certificate (PEM)")
  private Path officeCertificate;

  @Option(
      names = "--office-key",
      paramLabel = "FILE",
      required = true,
      description = "its private key (PEM)")
  private Path officeKey;

  @Option(
      names = "--letterbox",
      paramLabel = "DIR",
      required = true,
      description = "the folder in which printed cards arrive, as <serial>.pdf")
  private Path letterbox;

  @Option(
      names = "--subjects",
      paramLabel = "PREFIX",
      defaultValue = "demo",
      description =
          "how the customers' references begin; another one starts afresh (default: ${DEFAULT-VALUE})")
  private String subjects = "demo";

  /// Runs the command and ends the process.
  public static void main(String[] arguments) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    // cards are drawn into memory, with or without a screen
    System.setProperty("java.awt.headless", "true");
    System.exit(new CommandLine(new DemoBankCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var server = Server.start(demoBank())) {
      var stopped = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
      var out = spec.commandLine().getOut();
      out.println("demo bank: " + server.address());
      out.flush();
      stopped.await();
      return CommandLine.ExitCode.OK;
    } catch (CompletionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw usage(
          "cannot listen on port "
              + port
              + " ("
              + cause.getMessage()
              + "); choose another with --port");
    }
  }

  private DemoBank demoBank() {
    return new DemoBank(
        port,
        access("--front-cert", frontCertificate, "--front-key", frontKey),
        access("--office-cert", officeCertificate, "--office-key", officeKey),
        folder(),
        Customers.demo(prefix()),
        InstantSource.system(),
        new SecureRandom());
  }

  private Access access(String certificateOption, Path certificate, String keyOption, Path key) {
    if (!"https".equals(api.getScheme()) || api.getHost() == null) {
      throw usage("--api must be an address like https://localhost:8443");
    }
    return new Access(
        api,
        Optional.of(
            new Identity(
                file(certificateOption, certificate), file(keyOption, key), file("--ca", ca))));
  }

  private String prefix() {
    if (!subjects.matches("[A-Za-z0-9-]{1,32}")) {
      throw usage("--subjects takes 1 to 32 letters, digits and hyphens");
    }
    return subjects;
  }

  private Path folder() {
    if (!Files.isDirectory(letterbox)) {
      throw usage("--letterbox: there is no folder " + letterbox + "; make it first");
    }
    return letterbox;
  }

  private Path file(String option, Path path) {
    if (!Files.isReadable(path)) {
      throw usage(option + ": cannot read " + path + "; name a PEM file");
    }
    return path;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
