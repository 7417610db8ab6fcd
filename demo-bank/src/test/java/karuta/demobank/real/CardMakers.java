package karuta.demobank.real;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import karuta.card.Cell;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import karuta.provisioning.testing.Custodians;
import karuta.provisioning.testing.Ended;
import karuta.provisioning.testing.Waiting;
import karuta.v1.Order;

/// Custodians, bureau and post: from two empty tokens to a printed card in the letterbox, by the commands a bank uses.
/// What the opened print job says of a card is known here alone, as its holder knows it.
final class CardMakers implements AutoCloseable {
  private static final String EPOCH = "2026a";
  private final Path home;
  private final Path log;
  private final Custodians issuer;
  private final Map<String, List<Integer>> layouts = new HashMap<>();
  private int batches;

  CardMakers(Path home, Path log) {
    this.home = home;
    this.log = log;
    this.issuer = new Custodians(home.resolve("issuer"), home, log);
  }

  private String at(String file) {
    return home.resolve(file).toString();
  }

  /// Certificates, two tokens, and a book key they agree on. Each token's custodians prepare it while the others do.
  void layOut() {
    try (var verifier = new Custodians(home.resolve("verifier"), home, log)) {
      var other = CompletableFuture.runAsync(() -> token(verifier, "verifier", "receipt-1"));
      run(issuer, "pki", "dev", "--out", at("pki"));
      token(issuer, "issuer", "issuer-1");
      other.join();
      agree(verifier);
    }
  }

  private static void run(Custodians custodians, String... words) {
    done(custodians.run(words), words);
  }

  private static void done(Ended ended, String... words) {
    if (ended.exitCode() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + ended);
    }
  }

  private void token(Custodians custodians, String role, String key) {
    run(custodians, "token", "init", "--role", role, "--home", at(role));
    run(
        custodians,
        "signing-key",
        "create",
        "--token",
        at(role + "/token.toml"),
        "--label",
        key,
        "--certificate",
        at(role + "/" + key + ".pem"));
  }

  /// The issuer's command stays in the foreground until the verifier has responded.
  private void agree(Custodians verifier) {
    make("agreement");
    var request =
        words(
            "agree request --rehearsal --wait 120 --epoch " + EPOCH + " --signing-key issuer-1",
            "--token",
            at("issuer/token.toml"),
            "--verifier-certificate",
            at("verifier/receipt-1.pem"),
            "--dir",
            at("agreement"));
    var begun = issuer.begin(request);
    Waiting.until(
        "the request", () -> Files.exists(home.resolve("agreement/" + EPOCH + ".request")));
    run(
        verifier,
        words(
            "agree respond --rehearsal --epoch " + EPOCH + " --signing-key receipt-1",
            "--token",
            at("verifier/token.toml"),
            "--issuer-certificate",
            at("issuer/issuer-1.pem"),
            "--dir",
            at("agreement")));
    done(begun.end(), request);
    run(
        verifier,
        words(
            "agree complete --epoch " + EPOCH,
            "--token",
            at("verifier/token.toml"),
            "--issuer-certificate",
            at("issuer/issuer-1.pem"),
            "--verifier-certificate",
            at("verifier/receipt-1.pem"),
            "--dir",
            at("agreement"),
            "--record",
            at("verifier/epoch.toml")));
    make("batches");
    make("letterbox");
  }

  /// Makes the card of an order: key, batch, books imported, print job opened, page into the letterbox, key destroyed.
  void make(Order order, ChallengeServer server) {
    var batch = "cards-" + (batches + 1);
    var token = at("issuer/token.toml");
    var orders = home.resolve("batches/orders.csv");
    write(orders, "subject,generation\n" + order.getSubject() + "," + order.getGeneration() + "\n");
    run(issuer, "layout-key", "create", "--token", token, "--batch", batch);
    run(
        issuer,
        words(
            "batch issue --signing-key issuer-1 --batch " + batch,
            "--token",
            token,
            "--subjects",
            orders.toString(),
            "--agreement",
            at("agreement/" + EPOCH + ".confirmation"),
            "--bureau-certificate",
            at("pki/bureau.pem"),
            "--out",
            at("batches"),
            batches == 0
                ? "--first"
                : "--previous=" + at("batches/cards-" + batches + "/batch.json")));
    batches++;
    server.take(home.resolve("batches/" + batch + "/" + batch + ".bundle"));
    run(
        issuer,
        "bureau",
        "open",
        "--job",
        at("batches/" + batch + "/" + batch + ".printjob"),
        "--key",
        at("pki/bureau.p12"),
        "--password-file",
        at("pki/bureau.password"),
        "--signer",
        at("issuer/issuer-1.pem"),
        "--out",
        at("bureau-" + batch));
    deliver(home.resolve("bureau-" + batch));
    run(
        issuer,
        "layout-key",
        "destroy",
        "--token",
        token,
        "--batch",
        batch,
        "--confirm",
        "destroy layout-" + batch);
  }

  private void deliver(Path opened) {
    try {
      var record = new JsonObject(Files.readString(opened.resolve("records-00001.jsonl")));
      var serial = record.getString("serial");
      layouts.put(
          serial,
          record.getJsonArray("pictures").stream().map(picture -> (Integer) picture).toList());
      Files.copy(opened.resolve("cards-00001.pdf"), home.resolve("letterbox/" + serial + ".pdf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The picture in a cell of a card, as its holder reads it off the paper: the SHA-256 of its bytes.
  String picture(String serial, String cell) {
    var layout = Objects.requireNonNull(layouts.get(serial), "no such card was printed");
    return Catalogue.v1().picture(new PictureId(layout.get(Cell.parse(cell).index()))).sha256();
  }

  /// Some words in one string, the others as they are: a path may hold a space.
  private static String[] words(String some, String... others) {
    var first = some.split(" ", -1);
    var all = new String[first.length + others.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(others, 0, all, first.length, others.length);
    return all;
  }

  private void make(String folder) {
    try {
      Files.createDirectory(home.resolve(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    issuer.close();
  }
}
