package karuta.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import karuta.demo.process.Commands;
import karuta.demo.process.Waiting;

/// Certificates, two tokens that never meet, their signing keys, and a book key that they agree: what custodians at two
/// hosts do once, by the commands they would use, but that a rehearsal compares no fingerprints.
public final class Ceremony {
  private final Home home;
  private final Commands issuer;
  private final Commands verifier;
  private final Steps steps;

  /// @param issuer the custodians of the issuer token
  /// @param verifier the custodians of the verifier token
  public Ceremony(Home home, Commands issuer, Commands verifier, Steps steps) {
    this.home = home;
    this.issuer = issuer;
    this.verifier = verifier;
    this.steps = steps;
  }

  /// Holds it, as far as it was not held before. Each token's custodians prepare it while the others do.
  public void hold() {
    home.make("batches", "state", "server", "letterbox");
    var other = CompletableFuture.runAsync(this::verifierToken);
    steps.step(
        "development certificates",
        home.path("pki/valid-until"),
        () -> issuer.done("pki", "dev", "--out", home.at("pki")));
    stillValid();
    steps.step(
        "the issuer token, offline", home.path("issuer/token.toml"), () -> token(issuer, "issuer"));
    steps.step(
        "the issuer's signing key",
        home.path("issuer/issuer-1.pem"),
        () -> signingKey(issuer, "issuer", Home.ISSUER_KEY));
    joined(other);
    steps.step("the verifier token, online", home.path("verifier/token.toml"), () -> {});
    steps.step("the verifier's key for receipts", certificate(Home.RECEIPT_KEY), () -> {});
    steps.step("the verifier's key for seals", certificate(Home.SEAL_KEY), () -> {});
    steps.step(
        "the tokens agree a book key that neither can give away", home.epochRecord(), this::agree);
  }

  private void verifierToken() {
    if (!Files.exists(home.path("verifier/token.toml"))) {
      token(verifier, "verifier");
    }
    for (var label : new String[] {Home.RECEIPT_KEY, Home.SEAL_KEY}) {
      if (!Files.exists(certificate(label))) {
        signingKey(verifier, "verifier", label);
      }
    }
  }

  private Path certificate(String label) {
    return home.verifier().resolve(label + ".pem");
  }

  private static void joined(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private void stillValid() {
    try {
      var until = Files.readString(home.path("pki/valid-until")).strip();
      if (!Instant.now().isBefore(Instant.parse(until))) {
        throw new IllegalStateException(
            "the development certificates ended at %s; move %s away and begin anew"
                .formatted(until, home.directory()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the certificates' end cannot be read: " + e, e);
    }
  }

  private void token(Commands custodians, String role) {
    custodians.done("token", "init", "--role", role, "--home", home.at(role));
  }

  private void signingKey(Commands custodians, String role, String label) {
    custodians.done(
        "signing-key",
        "create",
        "--token",
        home.at(role + "/token.toml"),
        "--label",
        label,
        "--certificate",
        home.at(role + "/" + label + ".pem"));
  }

  /// The issuer's command runs until the verifier has responded: the pair it made lives in that process alone.
  private void agree() throws IOException {
    var files = new Home(home.path("agreement"));
    if (Files.exists(files.directory())) {
      files.delete();
    }
    home.make("agreement");
    var request =
        issuer.begin(
            "agree",
            "request",
            "--rehearsal",
            "--development",
            "--wait",
            "120",
            "--token",
            home.at("issuer/token.toml"),
            "--epoch",
            Home.EPOCH,
            "--signing-key",
            Home.ISSUER_KEY,
            "--verifier-certificate",
            home.at("verifier/receipt-1.pem"),
            "--dir",
            home.at("agreement"));
    var asked = files.path(Home.EPOCH + ".request");
    Waiting.until("the issuer's request", () -> Files.exists(asked) || request.ended());
    if (Files.exists(asked)) {
      respond();
    }
    request.done();
    verifier.done(
        "agree",
        "complete",
        "--token",
        home.at("verifier/token.toml"),
        "--epoch",
        Home.EPOCH,
        "--issuer-certificate",
        home.at("issuer/issuer-1.pem"),
        "--verifier-certificate",
        home.at("verifier/receipt-1.pem"),
        "--dir",
        home.at("agreement"),
        "--record",
        home.epochRecord().toString());
  }

  private void respond() {
    verifier.done(
        "agree",
        "respond",
        "--rehearsal",
        "--development",
        "--token",
        home.at("verifier/token.toml"),
        "--epoch",
        Home.EPOCH,
        "--signing-key",
        Home.RECEIPT_KEY,
        "--issuer-certificate",
        home.at("issuer/issuer-1.pem"),
        "--dir",
        home.at("agreement"));
  }

  /// The agreement's last file, which a batch is made with.
  public static Path confirmation(Home home) {
    return home.path("agreement/" + Home.EPOCH + ".confirmation");
  }
}
