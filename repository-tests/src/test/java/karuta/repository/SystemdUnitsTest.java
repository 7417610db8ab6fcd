package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the units of guard and server take from the two processes, and when they are started again.
class SystemdUnitsTest {
  private static final String GUARD = "karuta-guard.service";
  private static final String SERVER = "karuta-server.service";
  private static final String FOLD = "karuta-guard-fold.service";
  private static final String VERIFY = "karuta-guard-verify.service";
  private static final Path UNITS = Repository.directory().resolve("deploy").resolve("systemd");
  private static final Pattern EXPOSURE =
      Pattern.compile("Overall exposure level for \\S+: (\\S+)");

  /// What neither process may do, whatever its token and its database are.
  private static final Map<String, String> BOTH =
      Map.ofEntries(
          Map.entry("NoNewPrivileges", "yes"),
          Map.entry("CapabilityBoundingSet", ""),
          Map.entry("ProtectSystem", "strict"),
          Map.entry("ProtectHome", "yes"),
          Map.entry("ProtectProc", "invisible"),
          Map.entry("PrivateTmp", "yes"),
          Map.entry("PrivateDevices", "yes"),
          Map.entry("RestrictNamespaces", "yes"),
          Map.entry("RestrictSUIDSGID", "yes"),
          Map.entry("SystemCallArchitectures", "native"),
          Map.entry("LimitCORE", "0"),
          Map.entry("MemorySwapMax", "0"),
          Map.entry("UMask", "0077"),
          Map.entry("StateDirectoryMode", "0700"));

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {GUARD, SERVER, FOLD, VERIFY})
  void whatNoProcessOfOursNeedsIsTakenFromIt(String name) {
    var unit = Unit.of(name);
    BOTH.forEach((key, value) -> assertThat(unit.one(key)).as(key).isEqualTo(value));
    assertThat(unit.all("SystemCallFilter"))
        .containsExactly("@system-service", "~@privileged @resources");
  }

  /// The JVM writes the code that it runs.
  @ParameterizedTest
  @ValueSource(strings = {GUARD, SERVER})
  void whatTheJvmCannotDoWithoutStays(String name) {
    assertThat(Unit.of(name).all("MemoryDenyWriteExecute")).isEmpty();
  }

  /// A user of another namespace is nobody's, and the guard tells callers apart by their users.
  @Test
  void theGuardSeesWhoCalls() {
    assertThat(Unit.of(GUARD).all("PrivateUsers")).isEmpty();
  }

  @Test
  void theGuardHasNoNetworkAndTheServerNoMoreThanItNeeds() {
    var guard = Unit.of(GUARD);
    assertThat(guard.one("PrivateNetwork")).isEqualTo("yes");
    assertThat(guard.one("RestrictAddressFamilies")).isEqualTo("AF_UNIX");
    assertThat(guard.one("IPAddressDeny")).isEqualTo("any");
    assertThat(Unit.of(SERVER).one("RestrictAddressFamilies"))
        .isEqualTo("AF_UNIX AF_INET AF_INET6");
  }

  @Test
  void eachHasAUserOfItsOwnAndTheyShareTheSocketsGroupAlone() {
    var guard = Unit.of(GUARD);
    var server = Unit.of(SERVER);
    assertThat(guard.one("User")).isEqualTo("karuta-guard");
    assertThat(server.one("User")).isEqualTo("karuta-server");
    assertThat(server.one("Group")).isEqualTo("karuta-server");
    assertThat(guard.one("Group")).isEqualTo(server.one("SupplementaryGroups"));
    assertThat(guard.one("RuntimeDirectoryMode")).isEqualTo("0750");
    assertThat(guard.one("InaccessiblePaths")).contains("-/etc/karuta-server");
    assertThat(server.one("InaccessiblePaths"))
        .contains("-/etc/karuta-guard", "-/var/lib/karuta-guard");
    var users = Repository.text(Path.of("deploy", "systemd", "karuta.sysusers.conf")).orElseThrow();
    assertThat(users.lines().map(line -> line.replaceFirst(" *\".*", "")))
        .contains(
            "g karuta-socket -",
            "u karuta-guard -",
            "u karuta-server -",
            "m karuta-server karuta-socket");
  }

  /// Each try with a wrong PIN brings the token nearer to locking it, and an old journal does not become a new one.
  @Test
  void whatNeedsAPersonIsNotStartedAgainAndAllElseForAsLongAsItTakes() {
    assertThat(Unit.of(GUARD).one("RestartPreventExitStatus")).isEqualTo("1 2 5");
    assertThat(Unit.of(SERVER).one("RestartPreventExitStatus")).isEqualTo("2");
    for (var name : List.of(GUARD, SERVER)) {
      assertThat(Unit.of(name).one("Restart")).isEqualTo("on-failure");
      assertThat(Unit.of(name).one("StartLimitIntervalSec")).isEqualTo("0");
      assertThat(Unit.of(name).one("RestartSec")).isEqualTo("5s");
    }
  }

  /// Opening and closing the token may each take 5 of its deadlines, and what ends then is to be the guard itself.
  @Test
  void noLimitOfSystemdComesBeforeTheGuardsOwn() {
    var example =
        Repository.text(Path.of("guard/src/main/resources/karuta/guard/example.toml"))
            .orElseThrow();
    var found = Pattern.compile("(?m)^deadline-seconds = ([0-9]+)").matcher(example);
    assertThat(found.find()).isTrue();
    var longest = 5 * Integer.parseInt(found.group(1));
    var guard = Unit.of(GUARD);
    assertThat(Integer.parseInt(guard.one("TimeoutStartSec"))).isGreaterThanOrEqualTo(longest + 60);
    assertThat(Integer.parseInt(guard.one("TimeoutStopSec"))).isGreaterThanOrEqualTo(longest + 20);
  }

  /// Whoever collects the log writes heads, and no word of the command.
  @Test
  void whatIsKnownOfTheJournalIsAFileAndNoOption() {
    var guard = Unit.of(GUARD);
    assertThat(guard.one("ExecStart")).endsWith(" --known-file /etc/karuta-guard/known");
    assertThat(guard.all("EnvironmentFile")).containsExactly("-/etc/karuta-guard/environment");
  }

  @Test
  void theServerIsGivenNoPinAndDoesNotNeedTheGuard() {
    assertThat(Unit.of(GUARD).one("LoadCredential")).isEqualTo("pin:/etc/karuta-guard/pin");
    assertThat(Unit.of(SERVER).all("LoadCredential")).isEmpty();
    assertThat(Unit.of(SERVER).all("Requires")).isEmpty();
    assertThat(Unit.of(SERVER).one("Wants")).contains(GUARD);
  }

  /// What goes on beside the guard has its user, its rights and no more, and each its own way to the keys it wants.
  @ParameterizedTest
  @ValueSource(strings = {FOLD, VERIFY})
  void whatTheTimersStartHasNoMoreThanTheGuard(String name) {
    var guard = Unit.of(GUARD);
    var unit = Unit.of(name);
    assertThat(unit.one("Type")).isEqualTo("oneshot");
    assertThat(unit.one("User")).isEqualTo(guard.one("User"));
    assertThat(unit.one("Group")).as("not the socket's").isEqualTo("karuta-guard");
    for (var key : List.of("PrivateNetwork", "RestrictAddressFamilies", "IPAddressDeny")) {
      assertThat(unit.one(key)).as(key).isEqualTo(guard.one(key));
    }
    assertThat(unit.all("Restart")).as("the timer starts it again").isEmpty();
    var timer = Unit.of(name.replace(".service", ".timer"));
    assertThat(timer.one("Persistent")).isEqualTo("yes");
    assertThat(timer.one("WantedBy")).isEqualTo("timers.target");
  }

  @Test
  void theFoldHasThePinAsACredentialOfItsOwnAndTheVerificationHasNone() {
    assertThat(Unit.of(FOLD).one("LoadCredential")).isEqualTo("pin:/etc/karuta-guard/pin");
    assertThat(Unit.of(FOLD).one("ExecStart")).endsWith(" --pin-file %d/pin");
    assertThat(Unit.of(VERIFY).all("LoadCredential")).isEmpty();
    assertThat(Unit.of(VERIFY).one("ExecStart")).contains(" --seal-keys ", " --known-file ");
  }

  /// What is said to stand in the configurations leads to what the units make.
  @Test
  void thePathsOfTheConfigurationsAreThoseOfTheUnits() {
    var guard = Repository.text(Path.of("deploy", "systemd", GUARD)).orElseThrow();
    var server = Repository.text(Path.of("deploy", "systemd", SERVER)).orElseThrow();
    var operations = Repository.text(Path.of("docs", "operations.md")).orElseThrow();
    for (var text : List.of(guard, server, operations)) {
      assertThat(text).contains("/run/karuta-guard/guard.sock");
    }
    for (var text : List.of(guard, operations)) {
      assertThat(text).contains("/run/credentials/" + GUARD + "/pin");
    }
    assertThat(Unit.of(GUARD).one("RuntimeDirectory")).isEqualTo("karuta-guard");
    assertThat(Unit.of(GUARD).one("StateDirectory")).isEqualTo("karuta-guard");
    assertThat(Unit.of(SERVER).one("StateDirectory")).isEqualTo("karuta-server");
  }

  @Test
  void systemdFindsNothingWrongWithThem() throws IOException {
    requireSystemd();
    installed();
    dropIn("guard-network.conf");
    dropIn("guard-device.conf");
    dropIn("guard-softhsm.conf");
    dropIn("guard-tpm.conf");
    dropIn("guard-vendor.conf");
    var ended =
        analyze(
            "verify",
            "--recursive-errors=no",
            GUARD,
            SERVER,
            FOLD,
            VERIFY,
            FOLD.replace(".service", ".timer"),
            VERIFY.replace(".service", ".timer"));
    assertThat(ended.out() + ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  /// The scale is systemd's: 0 is nothing left to take away, 10 everything open. A newer systemd may look at more than
  /// version 252, by which the limits were set: take away what it names, or say in the unit why it stays.
  @ParameterizedTest
  @CsvSource({
    "karuta-guard.service, , 0.4",
    "karuta-guard.service, guard-softhsm.conf, 0.4",
    "karuta-guard.service, guard-tpm.conf, 0.4",
    "karuta-guard.service, guard-vendor.conf, 0.4",
    "karuta-guard.service, guard-device.conf, 0.6",
    "karuta-guard.service, guard-network.conf, 1.1",
    "karuta-guard-fold.service, , 0.4",
    "karuta-guard-verify.service, , 0.4",
    "karuta-server.service, , 1.3"
  })
  void littleIsLeftOpen(String name, String dropIn, double limit) throws IOException {
    requireSystemd();
    installed();
    if (dropIn != null) {
      dropIn(dropIn);
    }
    var ended = analyze("security", "--offline=true", "--no-pager", name);
    var found = EXPOSURE.matcher(ended.out());
    assertThat(found.find()).as(ended.out() + ended.err()).isTrue();
    var with = dropIn == null ? "" : " with " + dropIn;
    System.out.printf("exposure of %s%s: %s%n", name, with, found.group(1));
    assertThat(Double.parseDouble(found.group(1)))
        .as(ended.out())
        .isGreaterThan(0)
        .isLessThanOrEqualTo(limit);
  }

  private static void requireSystemd() {
    try {
      Commands.run(Path.of("/"), "systemd-analyze", "--version");
    } catch (java.io.UncheckedIOException _) {
      var reason =
          "systemd-analyze is not on this machine (package systemd): the units are held to the rules of this class, and not to systemd's own";
      System.out.println(reason);
      abort(reason);
    }
  }

  private Commands.Ended analyze(String verb, String... words) {
    var command = new java.util.ArrayList<>(List.of("systemd-analyze", verb, "--root=" + root));
    command.addAll(List.of(words));
    return Commands.run(root, command.toArray(String[]::new));
  }

  /// A root directory with the units, and with what they start.
  private void installed() throws IOException {
    var units = Files.createDirectories(root.resolve("etc/systemd/system"));
    try (var files = Files.newDirectoryStream(UNITS, "*.{service,timer}")) {
      for (var file : files) {
        Files.copy(file, units.resolve(file.getFileName()));
      }
    }
    for (var program : List.of("usr/lib/karuta/karuta", "bin/sh", "bin/kill")) {
      Files.createDirectories(root.resolve(program).getParent());
      Files.copy(Repository.directory().resolve("deploy/karuta"), root.resolve(program));
    }
  }

  private void dropIn(String name) throws IOException {
    var directory =
        Files.createDirectories(root.resolve("etc/systemd/system").resolve(GUARD + ".d"));
    Files.copy(UNITS.resolve("drop-ins").resolve(name), directory.resolve(name));
  }
}
