package karuta.provisioning.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import karuta.command.CommandLines;
import karuta.command.ExitCode;
import karuta.provisioning.bureau.BureauCommand;
import karuta.provisioning.ceremony.Fingerprint;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// `karuta`, the custodians' side. Exit codes: 0 done, 1 refused by policy, 2 usage or configuration, 3 token fault, 4
/// interrupted and resumable, 5 integrity failure.
@Command(
    name = "karuta",
    mixinStandardHelpOptions = true,
    version = Main.VERSION,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes keys and cards: what key custodians do on an offline host.",
    footerHeading = "%nIn the order of a first batch:%n",
    footer = {
      "  karuta token init         a development token; others are initialised by",
      "                            their vendor's tool",
      "  karuta signing-key create issuer-1, receipt-1, seal-1 and their certificates",
      "  karuta agree request      the two tokens agree a book key",
      "  karuta layout-key create  the key a batch's layouts come from",
      "  karuta batch issue        cards: a bundle for the server, a print job for",
      "                            the bureau",
      "",
      "Exit codes: 0 done, 1 refused by policy, 2 usage or configuration, 3 token",
      "fault, 4 interrupted and resumable, 5 integrity failure."
    })
public final class Main implements Runnable {
  static final String VERSION = "karuta 1.0.0";

  /// Every command, in the order of the help text. A new one is added here.
  private static final List<Function<Context, CommandLine>> COMMANDS =
      List.of(
          context ->
              inOrder(new CommandLine(new TokenCommands(context)), "init", "status", "check"),
          context ->
              inOrder(
                  new CommandLine(new SigningKeyCommands(context)),
                  "create",
                  "certificate",
                  "destroy"),
          context ->
              inOrder(
                  new CommandLine(new AgreeCommands(context))
                      .addSubcommand(new AgreeRequestCommand(context)),
                  "request",
                  "respond",
                  "complete",
                  "abandon"),
          context -> new CommandLine(new EpochCommands(context)),
          context -> new CommandLine(new LayoutKeyCommands(context)),
          context ->
              inOrder(
                  new CommandLine(new BatchCommands(context))
                      .addSubcommand(new BatchIssueCommand(context))
                      .addSubcommand(new BatchReportCommand(context)),
                  "issue",
                  "check",
                  "report"),
          context ->
              inOrder(
                  new CommandLine(new KeysCommands(context)),
                  "audit",
                  "withdraw-request",
                  "forget-guard"),
          context -> new CommandLine(new CustodianCommands()),
          context -> BureauCommand.commandLine(context.clock(), context.stopped()),
          context -> new CommandLine(new PkiCommands(context)));

  @Spec private CommandSpec spec;

  private Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command; see karuta --help");
  }

  /// Starts the program.
  public static void main(String[] arguments) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    keepLibrariesQuiet();
    var stop = new StopSignal();
    var context =
        new Context(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            interactive(),
            stop.endingAt(Prompt.of(interactive() ? System.console() : null)),
            InstantSource.system(),
            stop);
    var exitCode = run(context, arguments);
    stop.end(exitCode);
  }

  /// What failed, a command says itself, in its own words; what libraries log beside it is for whoever asks for it with
  /// `-Djava.util.logging.config.file`.
  private static void keepLibrariesQuiet() {
    if (System.getProperty("java.util.logging.config.file") == null) {
      LogManager.getLogManager().reset();
    }
  }

  @SuppressWarnings(
      "SystemConsoleNull") // JDK 25 went back to the console that may be null (JDK-8351435)
  private static boolean interactive() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /// Runs one command.
  ///
  /// @return its exit code
  public static int run(Context context, String... arguments) {
    return commandLine(context).execute(arguments);
  }

  /// Runs one command without a person at it, for whoever carries out many in one process.
  ///
  /// @return its exit code
  public static int run(PrintWriter out, PrintWriter err, String... words) {
    return run(
        new Context(out, err, false, Prompt.of(null), InstantSource.system(), () -> false), words);
  }

  /// Starts in lower case, as every message does.
  private static String message(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      var near = unmatched.getSuggestions();
      return "'%s' is not understood%s"
          .formatted(
              unmatched.getUnmatched().getFirst(),
              near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near));
    }
    // the library's own words for options that belong together
    var text =
        String.valueOf(failure.getMessage())
            .replaceFirst(
                "^Error: Missing required argument \\(specify one of these\\): \\((.*)\\)$",
                "Give one of these: $1")
            .replaceFirst("^Error: Missing required argument\\(s\\): ", "These are missing: ");
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /// In the order of the work, which neither the alphabet nor reflection knows.
  private static CommandLine inOrder(CommandLine command, String... names) {
    var spec = command.getCommandSpec();
    for (var name : names) {
      spec.addSubcommand(name, spec.removeSubcommand(name));
    }
    return command;
  }

  /// Every page promises `--version`, so every command has it. The header of a command is its line in the list of the
  /// page above; its own page begins with the description, whose lines are filled to the page's width.
  private static void completePages(CommandLine command) {
    var spec = command.getCommandSpec();
    spec.version(VERSION);
    var page = spec.usageMessage();
    page.description(paragraphs(page.description()));
    page.sectionKeys(
        page.sectionKeys().stream()
            .filter(key -> !key.equals(UsageMessageSpec.SECTION_KEY_HEADER))
            .toList());
    command.getSubcommands().values().forEach(Main::completePages);
  }

  /// Joins the lines of each paragraph, and leaves air after the last.
  private static String[] paragraphs(String... lines) {
    return Stream.of((String.join("\n", lines).stripTrailing() + "\n\n").split("\n\n"))
        .flatMap(paragraph -> Stream.of(paragraph.replace('\n', ' '), ""))
        .toArray(String[]::new);
  }

  static CommandLine commandLine(Context context) {
    var karuta = new CommandLine(new Main());
    COMMANDS.forEach(command -> karuta.addSubcommand(command.apply(context)));
    completePages(karuta);
    karuta.registerConverter(Fingerprint.class, Fingerprint::parse);
    karuta.setOut(context.out());
    karuta.setErr(context.err());
    karuta.setUsageHelpAutoWidth(false);
    karuta.setUsageHelpWidth(CommandLines.WIDTH);
    karuta.setParameterExceptionHandler(
        (failure, args) -> {
          context.note("%s", message(failure));
          context.note("see %s --help", failure.getCommandLine().getCommandSpec().qualifiedName());
          return ExitCode.USAGE;
        });
    karuta.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          var told = Failures.of(failure);
          told.message().lines().forEach(line -> context.note("%s", line));
          return told.exitCode();
        });
    return karuta;
  }
}
