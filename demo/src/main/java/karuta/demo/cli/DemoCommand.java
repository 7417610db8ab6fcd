package karuta.demo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import karuta.demo.BankSystems;
import karuta.demo.ChallengeServer;
import karuta.demo.Home;
import karuta.demo.Steps;
import karuta.demo.WholeStack;
import karuta.demo.process.Programs;
import karuta.v1.CardState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `./karuta demo`: a whole stack with a bank to walk through, until it is stopped.
@Command(
    name = "demo",
    sortOptions = false,
    synopsisSubcommandLabel = "[COMMAND]",
    description =
        "Makes a token pair, agrees keys, issues three cards, and serves them with a small"
            + " internet bank, until it is stopped with Ctrl-C. Started again, it goes on where it"
            + " was. SoftHSM development tokens: their keys lie in files of this user.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  /// The customer whose stored data the demo bank's attack page shows.
  private static final String VICTIM = "demo-1004";

  /// Exit codes of a program that was ended by the signals that end this one.
  private static final Set<Integer> STOPPED_WITH_US = Set.of(129, 130, 143);

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${env:KARUTA_HOME:-.karuta}",
      scope = ScopeType.INHERIT,
      description = "where everything is kept (default: KARUTA_HOME, else .karuta)")
  private Path directory = Path.of(".karuta");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var home = new Home(directory);
    var out = spec().commandLine().getOut();
    try (var _ = Claim.on(home)) {
      home.putInterruptedAside()
          .ifPresent(
              aside ->
                  say(
                      "an earlier start was interrupted before there was anything to keep; what it left lies in "
                          + aside));
      say(
          "SoftHSM development tokens: their keys lie in files of this user; never use them in production");
      return serve(home, out);
    }
  }

  private int serve(Home home, PrintWriter out) throws InterruptedException {
    var settings =
        ChallengeServer.Settings.onSqlite(
            LocalMachine.portOrAny(8443), LocalMachine.portOrAny(9443));
    var steps = new Steps(System.out);
    try (var stack = new WholeStack(home, Programs.built(), settings, steps)) {
      stack.mailFirstCards();
      stack.activate(VICTIM);
      var bank = stack.startBank(LocalMachine.portOrAny(8080));
      stack.startPress();
      out.printf(
          """

          the demo bank, for a browser:          %s
          the cards, as the bureau prints them:  %s
          the API, with client certificates:     %s  (contract: /openapi.yaml)
          health and metrics:                    %s/health/ready, /metrics
          the server's log:                      %s  (of earlier starts: server.log.past)

          %s
          """,
          bank,
          home.path("bureau"),
          stack.server().api(),
          stack.server().management(),
          home.serverLog(),
          firstQuestion(stack));
      out.flush();
      LocalMachine.show(bank);
      say(
          "serving; stop with Ctrl-C, start again with ./karuta demo, begin anew by moving "
              + home.directory()
              + " away");
      var code = stack.server().process().exitCode();
      if (!STOPPED_WITH_US.contains(code)) {
        say("the server has ended; its log is " + home.serverLog());
      }
      return code;
    }
  }

  /// For a card that is not in use yet: a question that nobody answers is counted against its card.
  private static String firstQuestion(WholeStack stack) {
    var customer = stack.bank().customer(WholeStack.CUSTOMERS.getFirst());
    return customer.newest().getState() == CardState.MAILED
        ? new Paste(stack.server().api(), stack.home().pki()).question(customer)
        : "a question to paste, at any time:      ./karuta demo question " + customer.subject();
  }

  @Command(
      name = "question",
      description =
          "Puts a question to a customer of the running demo. Prints the cells that are asked, and"
              + " a request to paste that answers them right.",
      mixinStandardHelpOptions = true)
  int question(
      @Parameters(paramLabel = "SUBJECT", description = "the customer, for example demo-1")
          String subject) {
    var home = new Home(directory);
    var api = ChallengeServer.lastApi(home);
    try (var bank = new BankSystems(home, api)) {
      var out = spec().commandLine().getOut();
      out.print(new Paste(api, home.pki()).question(bank.customer(subject)));
      out.flush();
      return 0;
    }
  }

  private CommandSpec spec() {
    return Optional.ofNullable(spec).orElseThrow();
  }

  private void say(String message) {
    spec().commandLine().getErr().println("karuta: " + message);
  }
}
