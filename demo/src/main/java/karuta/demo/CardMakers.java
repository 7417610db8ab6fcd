package karuta.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import karuta.demo.process.Commands;
import karuta.v1.Order;

/// Custodians, bureau and post: from open orders to printed cards, by the commands a bank uses. Every part can be done
/// again, and must be if it was interrupted: the server takes no later bundle before an earlier one.
public final class CardMakers {
  /// The three cards of the beginning.
  private static final String FIRST = "demo";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'card-'yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private final Home home;
  private final Commands issuer;
  private final ChallengeServer server;

  CardMakers(Home home, Commands issuer, ChallengeServer server) {
    this.home = home;
    this.issuer = issuer;
    this.server = server;
  }

  /// Makes the cards of the beginning for all open orders, and keeps their print job open for whoever wants to look.
  void first(BackOffice bank, List<String> customers, Steps steps) {
    var orders = home.path("batches/orders.csv");
    steps.step(
        "three customers order a card",
        orders,
        () -> {
          bank.order(customers);
          Files.writeString(orders, BackOffice.csv(bank.openOrders()));
        });
    steps.marked("the batch's layout key", home.path("batches/layout-key"), () -> layoutKey(FIRST));
    steps.step(
        "three cards: a bundle for the server, a print job for the bureau",
        home.path("batches/" + FIRST),
        () -> issue(FIRST, orders));
    steps.step(
        "the bureau opens the print job",
        home.path("bureau"),
        () -> open(FIRST, home.at("bureau")));
    steps.marked(
        "the server takes the bundle",
        home.path("batches/imported"),
        () -> server.take(bundle(FIRST)));
    steps.marked("the cards are mailed", home.path("batches/mailed"), () -> bank.mail(customers));
  }

  /// A key without its mark was made by a start that was interrupted: no card was made with it.
  private void layoutKey(String batch) {
    var create =
        new String[] {
          "layout-key", "create", "--token", home.at("issuer/token.toml"), "--batch", batch
        };
    if (issuer.run(create).exitCode() != 0) {
      destroyLayoutKey(batch, "no card was made with it");
      issuer.done(create);
    }
  }

  private void destroyLayoutKey(String batch, String reason) {
    issuer.done(
        "layout-key",
        "destroy",
        "--token",
        home.at("issuer/token.toml"),
        "--batch",
        batch,
        "--without-report",
        reason,
        "--confirm",
        "destroy layout-" + batch);
  }

  private void issue(String batch, Path orders) {
    issuer.done(issueCommand(home, batch, orders));
  }

  /// The command that issues a batch after the newest one there is, or the first.
  ///
  /// @param subjects the list of customers, as CSV
  public static String[] issueCommand(Home home, String batch, Path subjects) {
    var words =
        new ArrayList<>(
            List.of(
                "batch",
                "issue",
                "--token",
                home.at("issuer/token.toml"),
                "--signing-key",
                Home.ISSUER_KEY,
                "--batch",
                batch,
                "--subjects",
                subjects.toString(),
                "--agreement",
                Ceremony.confirmation(home).toString(),
                "--bureau-certificate",
                home.at("pki/bureau.pem"),
                "--out",
                home.batches().toString()));
    newest(home)
        .ifPresentOrElse(
            previous -> words.addAll(List.of("--previous", record(previous).toString())),
            () -> words.add("--first"));
    return words.toArray(String[]::new);
  }

  private void open(String batch, String out) {
    issuer.done(
        "bureau",
        "open",
        "--job",
        home.at("batches/%s/%s.printjob".formatted(batch, batch)),
        "--key",
        home.at("pki/bureau.p12"),
        "--password-file",
        home.at("pki/bureau.password"),
        "--signer",
        home.at("issuer/issuer-1.pem"),
        "--out",
        out);
  }

  private Path bundle(String batch) {
    return home.path("batches/%s/%s.bundle".formatted(batch, batch));
  }

  /// Makes the card of one order and puts its page into the letterbox.
  public void make(Order order) {
    var batch = NAME.format(Instant.now());
    var orders = home.path("batches/next-order.csv");
    try {
      Files.writeString(orders, BackOffice.csv(List.of(order)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    layoutKey(batch);
    issue(batch, orders);
    deliver(batch);
  }

  /// Delivers the card that an interruption left on the press, if there is one.
  void deliverTheLast() {
    newest(home)
        .map(Path::getFileName)
        .map(Path::toString)
        .filter(batch -> batch.startsWith("card-"))
        .filter(batch -> !Files.exists(home.path("batches/" + batch + "/delivered")))
        .ifPresent(this::deliver);
  }

  /// What follows once a batch is made: books imported, print job opened, page in the letterbox, key destroyed.
  private void deliver(String batch) {
    server.take(bundle(batch));
    var opened = home.path("bureau-" + batch);
    if (!Files.exists(opened)) {
      open(batch, opened.toString());
    }
    try {
      var serial = HeldCard.read(opened.resolve("records-00001.jsonl")).keySet().iterator().next();
      Files.copy(
          opened.resolve("cards-00001.pdf"),
          home.letterbox().resolve(serial + ".pdf"),
          StandardCopyOption.REPLACE_EXISTING);
      destroyLayoutKey(batch, "the demo's bureau delivers its one card at once");
      Files.createFile(home.path("batches/" + batch + "/delivered"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether a card beyond those of the beginning was made here.
  boolean madeOne() {
    return newest(home).filter(batch -> !batch.endsWith(FIRST)).isPresent();
  }

  /// The batch to go on from, also when somebody made it by hand. A batch is there with its `batch.json` or not at all.
  private static Optional<Path> newest(Home home) {
    try (var batches = Files.list(home.batches())) {
      return batches
          .filter(batch -> !batch.toString().endsWith(".unfinished"))
          .filter(batch -> Files.exists(record(batch)))
          .max(Comparator.comparingLong(CardMakers::sequence));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path record(Path batch) {
    return batch.resolve("batch.json");
  }

  /// The highest number of a bundle in a batch's record.
  private static long sequence(Path batch) {
    try {
      return new JsonObject(Files.readString(record(batch)))
          .getJsonArray("chain").stream()
              .mapToLong(link -> ((JsonObject) link).getLong("sequence"))
              .max()
              .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
