package karuta.provisioning.cli;

import java.io.IOException;
import java.util.List;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta epoch`: the end of an epoch whose cards are in customers' hands.
@Command(
    name = "epoch",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Ends an epoch whose agreement was completed.")
final class EpochCommands extends Group {
  private final Context context;

  EpochCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "retire",
      header = "Destroys the key of a finished epoch, for ever.",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys the key book-EPOCH of an agreement that was completed, for ever. On",
        "the verifier token no card of the epoch can be answered again; on the issuer",
        "token no batch can be made with it again. Find out how many cards of the",
        "epoch are not retired yet, and back up the token first. You are asked to",
        "type: retire book-EPOCH and N cards",
        "",
        Destruction.APPROVED
      },
      footerHeading = "%nExample:%n",
      footer = "  karuta epoch retire --token verifier/token.toml --epoch 2026a --cards 0")
  void retire(
      @Mixin TokenOption token,
      @Option(names = "--epoch", required = true, paramLabel = "EPOCH", description = "its name")
          String name,
      @Option(
              names = "--cards",
              required = true,
              paramLabel = "N",
              description = "how many cards of the epoch are not retired, as the server counts")
          long cards,
      @Mixin Destruction destruction)
      throws IOException {
    if (cards < 0) {
      throw CommandFailed.usage("a number of cards is 0 or more: --cards");
    }
    var epoch = new EpochId(name);
    try (var open = token.open(context)) {
      var key = new EpochKey(open, epoch);
      var consequence =
          switch (open.role()) {
            case VERIFIER ->
                "%d cards can never be answered again; back up the token first".formatted(cards);
            case ISSUER ->
                "no batch can be made in this epoch again, %d cards stay as they are; back up the token first"
                    .formatted(cards);
          };
      destruction.of(
          key.toDestroy(
              () -> requireFinished(key, open),
              "retire book-%s and %d cards".formatted(epoch, cards),
              List.of(consequence)),
          context,
          key::destroy);
    }
  }

  private static void requireFinished(EpochKey key, OpenToken open) {
    if (!key.finished()) {
      throw CommandFailed.refused(
          "epoch %s is not finished on token %s; an agreement that came to nothing ends with: karuta agree abandon"
              .formatted(key.epoch(), open.token().name()));
    }
  }
}
