package karuta.benchmarks.stack;

import java.io.IOException;
import karuta.card.EpochId;
import karuta.demo.Home;
import karuta.demo.WholeStack;
import karuta.demo.process.Programs;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.document.PinnedCertificate;

/// Certificates, a verifier token with its signing keys, and a book key that it agrees with a [SoftwareIssuer]: by the
/// commands that custodians use.
final class VerifierSetUp {
  private static final EpochId EPOCH = new EpochId(Home.EPOCH);

  private final Home home;
  private final SoftwareIssuer issuer;

  VerifierSetUp(Home home, SoftwareIssuer issuer) {
    this.home = home;
    this.issuer = issuer;
  }

  /// What cards are made with, and for which token.
  ///
  /// @param token its serial
  record Done(String token, SoftwareIssuer.Hmac tag) {}

  Done run(Programs programs) throws IOException {
    home.make("agreement", "batches", "issuer", "server", "state");
    var token = home.at("verifier/token.toml");
    var certificate = home.at("issuer/issuer-1.pem");
    PinnedCertificate.write(home.path("issuer/issuer-1.pem"), issuer.signer().certificate());
    try (var custodians = WholeStack.custodians(programs, home, home.verifier())) {
      custodians.done("pki", "dev", "--out", home.at("pki"));
      custodians.done("token", "init", "--role", "verifier", "--home", home.at("verifier"));
      for (var label : new String[] {Home.RECEIPT_KEY, Home.SEAL_KEY}) {
        custodians.done(
            "signing-key",
            "create",
            "--token",
            token,
            "--label",
            label,
            "--certificate",
            home.at("verifier/" + label + ".pem"));
      }
      CeremonyFile.write(
          home.path("agreement/" + EPOCH + ".request"), issuer.request(EPOCH), issuer.signer());
      custodians.done(
          "agree",
          "respond",
          "--rehearsal",
          "--development",
          "--token",
          token,
          "--epoch",
          EPOCH.value(),
          "--signing-key",
          Home.RECEIPT_KEY,
          "--issuer-certificate",
          certificate,
          "--dir",
          home.at("agreement"));
      var verifier = home.path("verifier/" + Home.RECEIPT_KEY + ".pem");
      var response =
          CeremonyFile.response(
              home.path("agreement/" + EPOCH + ".response"), PinnedCertificate.read(verifier));
      var agreed = issuer.agreed(response);
      CeremonyFile.write(
          home.path("agreement/" + EPOCH + ".confirmation"),
          agreed.confirmation(),
          issuer.signer());
      custodians.done(
          "agree",
          "complete",
          "--token",
          token,
          "--epoch",
          EPOCH.value(),
          "--issuer-certificate",
          certificate,
          "--verifier-certificate",
          verifier.toString(),
          "--dir",
          home.at("agreement"),
          "--record",
          home.epochRecord().toString());
      return new Done(response.message().verifierToken(), agreed.tag());
    }
  }
}
