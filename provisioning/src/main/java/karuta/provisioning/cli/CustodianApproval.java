package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import karuta.approval.Approval;
import karuta.approval.ApprovalRequest;
import karuta.approval.Officers;
import karuta.approval.RequestLife;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.document.NewFile;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.Plan;
import karuta.provisioning.print.Certificates;
import karuta.token.KeyNotFound;
import karuta.token.TokenException;
import karuta.token.key.ApprovedRequests;
import karuta.token.key.Remembered;
import picocli.CommandLine.Option;

/// How several custodians agree to what is destroyed: one writes a request down, each signs it, and then the same
/// command is given once more, with what they signed.
///
/// The request names the token, the number after the last that this token has seen carried out, the key by its check
/// value or certificate, what follows, and the digest of the whole plan. All of it is computed anew from the token and
/// the command line when it is carried out, and compared: so an approval is good for exactly this command, on this
/// token, once, until it ends. The token remembers the number before anything is destroyed; a request that fails after
/// that has to be made anew.
final class CustodianApproval {
  private static final int USUAL_HOURS = 24;

  @Option(
      names = "--new-request",
      paramLabel = "FILE",
      description = "write down what the custodians are to approve, and destroy nothing")
  private Optional<Path> newRequest = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "with --new-request: one line for those who approve it")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--valid-hours",
      paramLabel = "N",
      description = "with --new-request: how long it may be carried out, 1 to 168; 24 if not given")
  private Optional<Integer> validHours = Optional.empty();

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = "what --new-request wrote, now that it is approved")
  private Optional<Path> request = Optional.empty();

  @Option(
      names = "--approval",
      paramLabel = "FILE",
      description = "what karuta custodian approve wrote, one for each custodian")
  private List<Path> approvals = List.of();

  /// The request that was found to be approved last.
  private Optional<ApprovalRequest> approved = Optional.empty();

  /// Whether a request is to be written, and nothing destroyed.
  boolean asksOnly() {
    return newRequest.isPresent();
  }

  /// Whether there is something that was approved.
  boolean bringsRequest() {
    return request.isPresent();
  }

  /// Makes sure that every option has a use: whoever gives one that has none means something else than what happens.
  ///
  /// @param confirmed whether the sentence was given
  /// @throws CommandFailed if one has none
  void requireUse(boolean confirmed) {
    if (asksOnly() && (request.isPresent() || !approvals.isEmpty() || confirmed)) {
      throw CommandFailed.usage(
          "--new-request writes down what is to be approved; leave --request, --approval and --confirm until it is");
    }
    if (!asksOnly() && (reason.isPresent() || validHours.isPresent())) {
      throw CommandFailed.usage("--reason and --valid-hours are for --new-request FILE");
    }
    if (request.isEmpty() && !approvals.isEmpty()) {
      throw CommandFailed.usage("an approval is of a request: --request FILE");
    }
  }

  /// The whole plan: where several custodians have to agree, the token remembers the request first.
  Plan plan(ToDestroy it, Custodians custodians, Plan.Deed destroying) {
    if (custodians.approving().isEmpty()) {
      return Plan.empty().then(destroying, it.action());
    }
    var number = next(it);
    return Plan.empty()
        .then(() -> remember(it), new Action.CountRequest(it.open().token().name(), number))
        .then(() -> carryOut(number, destroying), it.action());
  }

  /// Says of whatever goes wrong now that the number is spent.
  private static void carryOut(long number, Plan.Deed destroying) {
    try {
      destroying.run();
    } catch (IOException | RuntimeException e) {
      throw failed(
          e,
          ("request number %d is counted and worth nothing more; karuta keys audit says whether it was carried out;"
                  + " if not, have another made and approved")
              .formatted(number));
    }
  }

  private static CommandFailed failed(Exception why, String then) {
    var told = Failures.of(why);
    var code = told.exitCode() == ExitCode.USAGE ? ExitCode.REFUSED : told.exitCode();
    var text = why instanceof KeyNotFound ? why.getMessage() : told.message();
    return new CommandFailed(code, text + "\n" + then, why);
  }

  private static long next(ToDestroy it) {
    return requests(it).last().map(Remembered::sequence).orElse(0L) + 1;
  }

  private static ApprovedRequests requests(ToDestroy it) {
    return new ApprovedRequests(it.open().token());
  }

  /// The plan that writes the request for another plan.
  ///
  /// @throws CommandFailed if there is nobody to ask, or no reason
  Plan writing(ToDestroy it, Custodians custodians, Plan plan, Context context) throws IOException {
    var file = newRequest.orElseThrow();
    var approving =
        custodians
            .approving()
            .orElseThrow(
                () ->
                    CommandFailed.refused("the token file names no custodians who could approve"));
    approving.requireEnough(context.now()).forEach(remark -> context.note("%s", remark));
    var life = RequestLife.ofHours(validHours.orElse(USUAL_HOURS));
    if (it.reason().isPresent() && reason.isPresent()) {
      throw CommandFailed.usage("the reason was given already; leave --reason");
    }
    var why =
        it.reason()
            .or(() -> reason)
            .orElseThrow(
                () -> CommandFailed.usage("say why, for those who approve it: --reason TEXT"));
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    var until = context.now().plus(life);
    var made = request(it, plan, approving, next(it), until, why);
    return Plan.empty()
        .then(
            () -> {
              NewFile.write(file, to -> to.write(made.toBytes()));
              context.say("%s", new String(made.toBytes(), StandardCharsets.UTF_8).stripTrailing());
              made.digest().lines().forEach(line -> context.say("%s", line));
              context.say(
                  "%s: %d of %d custodians approve it, with karuta custodian approve",
                  file, approving.required(), approving.all());
            },
            new Action.WriteFile(
                file, "a request to " + approving.required() + " custodians", planned(plan)));
  }

  private static String[] planned(Plan plan) {
    return ("to approve the plan " + plan.digest() + "\n" + plan.text()).strip().split("\n");
  }

  /// Makes sure that a plan may be carried out: that enough custodians have approved exactly it, or that the token is
  /// one on which one person may do it.
  ///
  /// @return what to tell of it, in lines
  /// @throws CommandFailed if not; nothing was changed
  List<String> require(ToDestroy it, Custodians who, Plan plan, Context context)
      throws IOException {
    return switch (who) {
      case Custodians.Alone _ -> {
        if (request.isPresent() || !approvals.isEmpty()) {
          throw CommandFailed.usage(
              "the token file names no custodians, so there is nothing to approve");
        }
        yield List.of("a token for development: one person is enough");
      }
      case Custodians.Unnamed _ ->
          throw CommandFailed.refused(
              "nobody destroys a key alone, and the token file names no custodians: put [custodians] and a [[custodian]] for each"
                  + " of them into it; for a SoftHSM token for development, [custodians] development = true");
      case Custodians.Several(var custodians) -> require(it, plan, custodians, context);
    };
  }

  private List<String> require(ToDestroy it, Plan plan, Officers custodians, Context context)
      throws IOException {
    var file =
        request.orElseThrow(
            () ->
                CommandFailed.refused(
                    ("%d of the token's %d custodians approve this first; write it down for them: --new-request FILE"
                            + " --reason TEXT")
                        .formatted(custodians.required(), custodians.all())));
    var read = ApprovalRequest.read(file);
    var given = new ArrayList<Approval>();
    for (var approval : approvals) {
      given.add(Approval.in(approval));
    }
    var count = custodians.count(read, given, context.now());
    RequestLife.requireInForce(read, context.now());
    if (!count.enough()) {
      throw CommandFailed.refused(
          "%d of the %d approvals that it takes; have more custodians approve it\n%s"
              .formatted(
                  count.approved().size(), count.required(), String.join("\n", count.objections()))
              .strip());
    }
    requireSame(read, request(it, plan, custodians, next(it), read.expires(), read.reason()), it);
    approved = Optional.of(read);
    var told = new ArrayList<String>();
    for (var custodian : count.approved().keySet()) {
      told.add(
          "approved by %s, certificate SHA-256 %s"
              .formatted(Officers.name(custodian), Certificates.fingerprint(custodian)));
    }
    count.objections().forEach(objection -> told.add("does not count: " + objection));
    told.addAll(custodians.remarks(context.now()));
    return told;
  }

  private void remember(ToDestroy it) {
    var request = approved.orElseThrow(() -> new IllegalStateException("nobody has approved it"));
    try {
      requests(it).remember(remembered(request));
    } catch (IllegalArgumentException e) {
      throw failed(
          e,
          "another request was carried out at the same time, or this one; nothing was destroyed");
    } catch (TokenException e) {
      throw failed(
          e,
          "nothing was destroyed; karuta keys audit says whether request number %d is counted and worth nothing more"
              .formatted(request.number()));
    }
  }

  private static Remembered remembered(ApprovalRequest request) {
    var digest = HexFormat.of().parseHex(request.digest().hex());
    return new Remembered(
        request.number(), Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }

  /// Compares what was approved with what would be done now, the plainest difference first.
  private static void requireSame(ApprovalRequest read, ApprovalRequest now, ToDestroy it) {
    require(
        read.addressee().equals(now.addressee()),
        "the request is for %s, and this is %s".formatted(read.addressee(), now.addressee()));
    require(
        requests(it).last().filter(remembered(read)::equals).isEmpty(),
        "the request was carried out before, or failed when it was; for anything more have another made");
    require(
        read.number() >= now.number(),
        "the request has number %d, and the next is %d: another was carried out meanwhile, or withdrawn; have this one made anew"
            .formatted(read.number(), now.number()));
    require(
        read.number() == now.number(),
        "the request has number %d, and the next is %d: the token is another than that of the request, or an older copy of it"
            .formatted(read.number(), now.number()));
    require(
        read.actions().equals(now.actions()),
        "the request is for something else:\n" + String.join("\n", read.actions()));
    require(
        read.state().getFirst().equals(now.state().getFirst()),
        "the request was made for another one of that name: " + read.state().getFirst());
    require(
        read.state().contains(now.state().get(1)),
        "the request was made for others than the token file names: " + now.state().get(1));
    require(
        read.state().equals(now.state()),
        "the request was made for another plan; what was typed or looked at is not the same now");
    require(read.equals(now), "the request is another than this command makes");
  }

  private static void require(boolean kept, String refusal) {
    if (!kept) {
      throw CommandFailed.refused(refusal + "\nnothing was destroyed");
    }
  }

  /// Who a request of the custodians of a token is for.
  static String addressee(OpenToken open) {
    return words("token " + open.token().name());
  }

  private static ApprovalRequest request(
      ToDestroy it, Plan plan, Officers custodians, long number, Instant expires, String reason)
      throws IOException {
    return new ApprovalRequest(
        addressee(it.open()),
        number,
        expires,
        reason,
        List.of(
            words(it.identity()),
            "custodians %d of %d".formatted(custodians.required(), custodians.all()),
            "plan " + plan.digest()),
        it.action().lines().stream()
            .map(line -> withoutReason(line, it.reason()))
            .map(CustodianApproval::words)
            .toList());
  }

  /// What somebody typed, in any letters, the request has as its reason already.
  private static String withoutReason(String line, Optional<String> reason) {
    var end = reason.map(text -> ": " + text).filter(line::endsWith);
    return end.map(
            text -> line.substring(0, line.length() - text.length()) + ", for the reason above")
        .orElse(line);
  }

  /// A line as a request takes it: what is not printable ASCII, or a space too many, as `%` and two hexadecimal digits
  /// for each byte. A token's label may have it.
  private static String words(String line) {
    var words = new StringBuilder();
    for (var one : line.getBytes(StandardCharsets.UTF_8)) {
      var printable = one > ' ' && one <= '~';
      var between = one == ' ' && !words.isEmpty() && words.charAt(words.length() - 1) != ' ';
      words.append(printable || between ? String.valueOf((char) one) : "%%%02x".formatted(one));
    }
    return words.toString();
  }
}
