package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import karuta.demo.process.Commands;
import karuta.demo.process.Ended;
import karuta.demo.process.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A custodian's first day, command by command, on two SoftHSM tokens in processes of their own; read from top to
/// bottom. Every command runs with all loggers open, and at the end nothing secret may stand in anything that was
/// printed.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CustodianTest {
  @TempDir static Path room;

  private static final List<Ended> SAID = new ArrayList<>();
  private static final Map<String, String> PINS = new HashMap<>();
  private static final String ISSUER = "issuer/token.toml";
  private static final String VERIFIER = "verifier/token.toml";

  private static Hosts hosts;

  @BeforeAll
  static void openHosts() throws Exception {
    hosts = new Hosts(room);
  }

  @AfterAll
  static void closeHosts() throws Exception {
    hosts.close();
  }

  @Test
  @Order(1)
  void tokensAreMadeOnce() throws Exception {
    assertThat(run("token", "init", "--role", "issuer", "--home", "issuer", "--dry-run"))
        .returns(0, Ended::exitCode);
    assertThat(room.resolve("issuer")).doesNotExist();
    assertThat(run("token", "init", "--role", "issuer", "--home", "issuer").exitCode()).isZero();
    assertThat(run("token", "init", "--role", "verifier", "--home", "verifier").exitCode())
        .isZero();
    assertThat(run("token", "init", "--role", "issuer", "--home", "issuer").exitCode()).isOne();
    assertThat(run("token", "status", "--token", ISSUER).out()).contains("state   up");
    assertThat(run("token", "check", "--token", VERIFIER).exitCode()).isZero();
  }

  @Test
  @Order(2)
  void signingKeysHaveCertificatesToPin() throws Exception {
    signingKey(ISSUER, "issuer-1", 0);
    signingKey(VERIFIER, "receipt-1", 0);
    signingKey(VERIFIER, "seal-1", 0);
    assertThat(room.resolve("seal-1.pem")).isNotEmptyFile();
    assertThat(signingKey(ISSUER, "issuer-1", 2).err()).contains("never overwritten");
    Files.move(room.resolve("issuer-1.pem"), room.resolve("kept.pem"));
    assertThat(signingKey(ISSUER, "issuer-1", 1).err()).contains("issuer-1");
    Files.move(room.resolve("kept.pem"), room.resolve("issuer-1.pem"));
  }

  @Test
  @Order(3)
  void anotherFingerprintEndsTheAgreement() throws Exception {
    Files.createDirectory(room.resolve("usb"));
    var issuer = Cli.start(room, request());
    var file = room.resolve("usb/2026a.request");
    Waiting.until("the request", () -> Files.exists(file), issuer.process()::isAlive);
    var response = respond("--fingerprint", "0".repeat(32));
    assertThat(response.exitCode()).isOne();
    assertThat(response.err()).contains("the fingerprint of the issuer's request is another");
    issuer.interrupt();
    var interrupted = remember(issuer.end());
    assertThat(interrupted.exitCode()).isEqualTo(4);
    assertThat(interrupted.err()).contains("the request is void, remove it and begin anew");
    Files.delete(file);
  }

  @Test
  @Order(4)
  void tokensAgreeOnAKey() throws Exception {
    var issuer = hosts.begin(request("--rehearsal"));
    var response = respond("--fingerprint", fingerprint(issuer));
    assertThat(response.exitCode()).as(response.err()).isZero();
    var request = remember(issuer.end());
    assertThat(request.exitCode()).as(request.err()).isZero();
    var complete = complete();
    assertThat(complete.exitCode()).as(complete.err()).isZero();
    assertThat(Files.readString(room.resolve("epoch.toml"))).contains("key = \"book-2026a\"");
  }

  @Test
  @Order(5)
  void aConfirmationTamperedWithIsRefused() throws Exception {
    Files.delete(room.resolve("epoch.toml"));
    var file = room.resolve("usb/2026a.confirmation");
    var good = Files.readAllBytes(file);
    var bad = good.clone();
    bad[bad.length / 3] ^= 1;
    Files.write(file, bad);
    assertThat(remember(Cli.run(room, completion())).exitCode()).isEqualTo(5);
    Files.write(file, good);
    assertThat(room.resolve("epoch.toml")).doesNotExist();
  }

  @Test
  @Order(6)
  void aBatchNeedsItsKeyAndAGoodFile() throws Exception {
    Files.writeString(room.resolve("orders.csv"), "subject,generation\nS-1,1\nS-2,x\nS-1,1\n");
    assertThat(run("pki", "dev", "--out", "pki").exitCode()).isZero();
    var bad = issue("b1", "--first");
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err()).contains("orders.csv: line 3: a generation is a number 1..65535");
    Files.writeString(room.resolve("orders.csv"), "subject,generation\nS-1,1\nS-2,1\n");
    assertThat(issue("b1", "--first").err())
        .contains("the token has no key layout-b1; make it first");
    assertThat(run("layout-key", "create", "--token", ISSUER, "--batch", "b1").exitCode()).isZero();
    assertThat(issue("b1").err()).contains("name the batch before with --previous, or say --first");
    assertThat(issue("b1", "--first", "--dry-run").out())
        .contains("would make 2 cards of profile standard");
    assertThat(room.resolve("batches")).doesNotExist();
  }

  @Test
  @Order(7)
  void batchesFollowOneAnother() throws Exception {
    var first = issue("b1", "--first");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(run("layout-key", "create", "--token", ISSUER, "--batch", "b2").exitCode()).isZero();
    var second = issue("b2", "--previous", "batches/b1/batch.json", "--profile", "nist-800-63b");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out()).contains("bundle 2 for verifier token");
    var check =
        run("batch", "check", "--issuer-certificate", "issuer-1.pem", "batches/b2/b2.bundle");
    assertThat(check.out()).contains("sequence  2").contains("profile nist-800-63b");
    var stranger =
        run("batch", "check", "--issuer-certificate", "receipt-1.pem", "batches/b2/b2.bundle");
    assertThat(stranger.exitCode()).isEqualTo(5);
  }

  @Test
  @Order(8)
  void aLayoutKeyIsDestroyedByItsName() throws Exception {
    var wrong = destroy("destroy layout-b2");
    assertThat(wrong.exitCode()).isOne();
    assertThat(wrong.err()).contains("nothing was destroyed");
    assertThat(destroy("destroy layout-b1").exitCode()).isZero();
    assertThat(destroy("destroy layout-b1").exitCode()).isEqualTo(2);
  }

  @Test
  @Order(9)
  void anAuditLooksBothWays() throws Exception {
    assertThat(audit("issuer-1,book-2026a,layout-b2").exitCode()).isZero();
    var missing = audit("issuer-1,book-2026a,layout-b2,layout-b1");
    assertThat(missing.exitCode()).isOne();
    assertThat(missing.out()).contains("layout-b1: presence should be on the token but is absent");
    assertThat(audit("issuer-1,book-2026a").out())
        .contains("layout-b2: presence should be absent but is on the token");
  }

  @Test
  @Order(10)
  void aSealKeyIsAuditedAndDestroyedLikeAnyOther() throws Exception {
    assertThat(auditVerifier("receipt-1,seal-1,book-2026a").exitCode()).isZero();
    assertThat(auditVerifier("receipt-1,book-2026a").out())
        .contains("seal-1: presence should be absent but is on the token");
    var destroyed =
        run(
            "signing-key",
            "destroy",
            "--token",
            VERIFIER,
            "--label",
            "seal-1",
            "--confirm",
            "destroy seal-1");
    assertThat(destroyed.exitCode()).as(destroyed.err()).isZero();
    assertThat(auditVerifier("receipt-1,seal-1,book-2026a").out())
        .contains("seal-1: presence should be on the token but is absent");
    assertThat(auditVerifier("receipt-1,book-2026a").exitCode()).isZero();
  }

  @Test
  @Order(11)
  void aWrongPinIsATokenFault() throws Exception {
    Files.writeString(room.resolve("issuer/pin"), "000000");
    assertThat(run("token", "status", "--token", ISSUER).exitCode()).isEqualTo(3);
  }

  @Test
  @Order(12)
  void nothingSecretWasEverPrinted() throws Exception {
    var everything = new StringBuilder();
    SAID.forEach(run -> everything.append(run.out()).append(run.err()));
    everything.append(hosts.logged());
    assertThat(everything).as("the loggers were open").contains("FINE");
    assertThat(PINS).hasSize(4);
    assertThat(everything).doesNotContain(PINS.values());
    assertThat(everything)
        .doesNotContain(Files.readString(room.resolve("pki/bureau.password")).strip());
  }

  private static Ended run(String... arguments) throws Exception {
    var run = remember(hosts.begin(arguments).end());
    for (var home : List.of("issuer", "verifier")) {
      for (var file : List.of("pin", "so-pin")) {
        var path = room.resolve(home).resolve(file);
        if (Files.exists(path)) {
          PINS.putIfAbsent(home + "/" + file, Files.readString(path).strip());
        }
      }
    }
    return run;
  }

  private static Ended remember(Ended run) {
    SAID.add(run);
    return run;
  }

  private static Ended signingKey(String token, String label, int exitCode) throws Exception {
    var run =
        run(
            "signing-key",
            "create",
            "--token",
            token,
            "--label",
            label,
            "--certificate",
            label + ".pem");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    return run;
  }

  private static String[] request(String... more) {
    return with(
        more,
        "agree",
        "request",
        "--token",
        ISSUER,
        "--epoch",
        "2026a",
        "--signing-key",
        "issuer-1",
        "--verifier-certificate",
        "receipt-1.pem",
        "--development",
        "--dir",
        "usb");
  }

  private static Ended respond(String... more) throws Exception {
    return run(
        with(
            more,
            "agree",
            "respond",
            "--token",
            VERIFIER,
            "--epoch",
            "2026a",
            "--signing-key",
            "receipt-1",
            "--issuer-certificate",
            "issuer-1.pem",
            "--development",
            "--dir",
            "usb"));
  }

  private static Ended complete() throws Exception {
    return run(completion());
  }

  private static String[] completion() {
    return new String[] {
      "agree",
      "complete",
      "--token",
      VERIFIER,
      "--epoch",
      "2026a",
      "--issuer-certificate",
      "issuer-1.pem",
      "--verifier-certificate",
      "receipt-1.pem",
      "--dir",
      "usb",
      "--record",
      "epoch.toml"
    };
  }

  private static Ended issue(String batch, String... more) throws Exception {
    return run(
        with(
            more,
            "batch",
            "issue",
            "--token",
            ISSUER,
            "--signing-key",
            "issuer-1",
            "--batch",
            batch,
            "--subjects",
            "orders.csv",
            "--agreement",
            "usb/2026a.confirmation",
            "--bureau-certificate",
            "pki/bureau.pem",
            "--out",
            "batches"));
  }

  private static Ended destroy(String sentence) throws Exception {
    return run(
        "layout-key",
        "destroy",
        "--token",
        ISSUER,
        "--batch",
        "b1",
        "--without-report",
        "nothing was printed",
        "--confirm",
        sentence);
  }

  private static Ended audit(String expected) throws Exception {
    return run("keys", "audit", "--token", ISSUER, "--expect", expected);
  }

  private static Ended auditVerifier(String expected) throws Exception {
    return run("keys", "audit", "--token", VERIFIER, "--expect", expected);
  }

  private static String[] with(String[] more, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /// What the issuer's custodian sees and reads out, once it is there.
  private static String fingerprint(Commands.Begun issuer) throws Exception {
    var shown = Pattern.compile("fingerprint ([0-9a-f ]+)\n");
    Waiting.until("the request", () -> shown.matcher(issuer.out()).find());
    var match = shown.matcher(issuer.out());
    assertThat(match.find()).isTrue();
    return match.group(1).strip();
  }
}
