package karuta.guard.officers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import karuta.approval.ApprovalRequest;
import karuta.approval.Officers;
import karuta.approval.RequestLife;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.database.TimeOfRecord;
import karuta.document.DocumentException;
import karuta.document.NewFile;
import karuta.guard.client.ChainHead;
import karuta.guard.config.GuardConfig;
import karuta.guard.journal.Journal;
import karuta.guard.judged.JudgedFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta guard request`: writes a request for officers to approve.
@Command(
    name = "request",
    mixinStandardHelpOptions = true,
    description = {
      "Writes down what officers shall have done: enable cards, lift the trip, rebuild the journal. Changes nothing; the guard may run"
          + " meanwhile. The runbook is docs/ceremonies/guard-officers.md.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  karuta guard request --config guard.toml --out officers.request --lift-trip \\",
      "      --reason 'the misprinted batch is suspended'",
      "  karuta guard request --config guard.toml --out officers.request \\",
      "      --enable-card customer-1:1 --reason 'asked at the counter'",
      "  karuta guard request --config guard.toml --out officers.request \\",
      "      --rebuild judged-cards --reason 'the disk of the journal died'",
      "",
      "Exit codes: 0 written, 1 there is nothing of the kind to do, 2 usage or configuration, "
          + "4 the journal's PostgreSQL is not to be had now, give the command again, 5 the file of "
          + "judged cards is damaged"
    })
public final class GuardRequestCommand implements Callable<Integer> {
  /// What there is to do: any of it, in this order.
  static final class What {
    @Option(
        names = "--enable-card",
        paramLabel = "SUBJECT:GENERATION",
        description =
            "have a capped card's failures since its last pass forgotten, and those in its life if they are what caps it; as often as you like")
    private List<String> cards = List.of();

    @Option(
        names = "--cards",
        paramLabel = "FILE",
        description = "the same for each SUBJECT:GENERATION of a file, one a line")
    private @Nullable Path file;

    @Option(
        names = "--lift-trip",
        description = "have the trip end, and the failures of all cards together counted from none")
    private boolean trip;

    @Option(
        names = "--rebuild",
        paramLabel = "FILE",
        description = "have cards that are behind go on from what karuta export-judged wrote")
    private @Nullable Path judged;

    @Option(
        names = "--token-head",
        paramLabel = "NUMBER:HASH",
        description =
            "have the guard start though its journal lacks what the token remembers, as it says when it does not start")
    private @Nullable String tokenHead;
  }

  @Mixin private GuardConfigOption config;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "a new file")
  private Path out;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private @Nullable What what;

  @Option(
      names = "--as-counted",
      description =
          "with --rebuild: take the failures that the server has counted, and do not charge a card with one for each judgement"
              + " that the journal lacks; for a journal that is lost as a whole, or it caps every card with some history")
  private boolean asCounted;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "one line for the officers, and for whoever reads the journal in ten years")
  private String reason = "";

  @Option(
      names = "--valid-hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "how long it may be carried out: 1 to 168, ${DEFAULT-VALUE} if not given")
  private int hours;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var life = RequestLife.ofHours(hours);
    var settings = config.readWithoutPin();
    var officers = officers(settings);
    var request =
        with(
            settings,
            (acts, time) -> {
              officers.requireEnough(time.instant()).forEach(this::note);
              return request(acts, time, life);
            });
    write(request);
    say(new String(request.toBytes(), StandardCharsets.UTF_8).stripTrailing());
    request.digest().lines().forEach(this::say);
    say(
        "%s: %d of %d officers approve it, with karuta guard approve"
            .formatted(out, officers.required(), officers.all()));
    return ExitCode.DONE;
  }

  /// Those who may approve.
  ///
  /// @throws CommandFailed if there are none
  static Officers officers(GuardConfig config) {
    return config
        .officers()
        .orElseThrow(
            () ->
                CommandFailed.refused(
                    "the configuration names no officers, and nobody else can do this"));
  }

  /// Works on the journal, beside whichever guard does.
  static <T> T with(GuardConfig config, BiFunction<OfficerActs, TimeOfRecord, T> work) {
    try (var database = Database.openExisting(config.journal(), Journal.TABLES)) {
      var time = TimeOfRecord.of(database, Clock.tickMillis(ZoneOffset.UTC));
      return work.apply(new OfficerActs(database, config.name(), config.caps(), time), time);
    } catch (DatabaseUnavailable e) {
      throw Journal.unusable(e);
    }
  }

  private ApprovalRequest request(OfficerActs officers, TimeOfRecord time, Duration life) {
    var acts = acts(officers, Objects.requireNonNull(what));
    var until = time.instant().plus(life).truncatedTo(ChronoUnit.SECONDS);
    try {
      return officers.request(acts, until, reason);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private List<Act> acts(OfficerActs officers, What asked) {
    var acts = new ArrayList<Act>();
    Stream.concat(
            asked.cards.stream(),
            Optional.ofNullable(asked.file).stream().flatMap(GuardRequestCommand::lines))
        .distinct()
        .forEach(card -> acts.add(enabling(officers, card)));
    if (asked.trip) {
      acts.add(officers.lifting().orElseThrow(() -> CommandFailed.refused("no trip stands")));
    }
    if (asked.judged != null) {
      var summary = read(asked.judged);
      acts.add(new Act.Rebuild(summary.cards(), summary.digest(), asCounted));
    }
    if (asked.tokenHead != null) {
      acts.add(new Act.AcceptHead(head(officers.guard(), asked.tokenHead)));
    }
    return acts;
  }

  private static Act enabling(OfficerActs officers, String card) {
    var colon = card.lastIndexOf(':');
    try {
      return officers
          .enabling(
              new Subject(card.substring(0, Math.max(0, colon))),
              new Generation(Integer.parseInt(card.substring(colon + 1))))
          .orElseThrow(() -> CommandFailed.refused(card + " has no failures to forget"));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.USAGE, "'" + card + "' is not SUBJECT:GENERATION", e);
    }
  }

  private static ChainHead head(String guard, String text) {
    var colon = text.indexOf(':');
    try {
      return new ChainHead(
          guard, Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.USAGE, "'" + text + "' is not NUMBER:HASH", e);
    }
  }

  private static Stream<String> lines(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(ApprovalRequest.LONGEST + 1);
      if (bytes.length > ApprovalRequest.LONGEST) {
        throw CommandFailed.usage(file + ": too many cards for one request; make two of it");
      }
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .map(String::strip);
    } catch (IOException e) {
      throw CommandFailed.unreadable(file, e);
    }
  }

  private static JudgedFile.Summary read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return JudgedFile.read(in, _ -> {}, _ -> {});
    } catch (DocumentException e) {
      throw new CommandFailed(ExitCode.INTEGRITY, file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailed.unreadable(file, e);
    }
  }

  private void write(ApprovalRequest request) {
    try {
      NewFile.write(out, to -> to.write(request.toBytes()));
    } catch (FileAlreadyExistsException e) {
      throw CommandFailed.usage("there is a file of that name: " + out);
    } catch (NoSuchFileException e) {
      throw CommandFailed.usage("there is no directory " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.USAGE, "cannot be written: " + e.getMessage(), e);
    }
  }

  private void note(String text) {
    spec.commandLine().getErr().println("karuta: " + text);
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
  }
}
