package karuta.guard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import karuta.card.EpochId;
import karuta.guard.journal.Caps;
import karuta.settings.SettingsInvalid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The example is valid and says the defaults; whatever is wrong is named by field; no value is repeated.
class GuardConfigTest {
  /// Where the example's library lies on no machine of its own.
  private static final String MODULE = "/usr/lib/softhsm/libsofthsm2.so";

  @TempDir private Path directory;
  private String example = "";

  /// Makes the files the example names.
  @BeforeEach
  void prepare() throws IOException {
    var library = Files.createFile(directory.resolve("library.so"));
    try (var in =
        Objects.requireNonNull(
            GuardConfigTest.class.getResourceAsStream("/karuta/guard/example.toml"))) {
      example = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(example).contains(MODULE);
    example = example.replace(MODULE, library.toString());
    record("epoch-e1.toml", "0123456789abcdef", "ab".repeat(32));
    rewrite("unmarked.toml", "\"development\"", "\"production\"");
    rewrite("without-use.toml", "use = .*\n", "");
    rewrite("without-kdf.toml", "\nkdf = .*", "");
    rewrite("old.toml", "\"CKD_NULL\"", "\"NULL\"");
    rewrite("unnumbered.toml", "verifier-kdf = .*\n", "");
    record("other-token.toml", "0123456789abcdee", "ab".repeat(32));
    record("short.toml", "0123456789abcdef", "ab");
    secret("pin", "rw-------");
    secret("open-pin", "rw-r-----");
    secret("journal-password", "rw-------");
  }

  private void record(String name, String token, String checkValue) throws IOException {
    Files.writeString(
        directory.resolve(name),
        """
        [epoch]
        name = "e1"
        key = "book-e1"
        use = "development"
        kdf = "CKD_NULL"
        issuer-kdf = "CKD_NULL 0x00000001"
        verifier-kdf = "CKD_NULL 0x00000001"
        check-value = "%s"
        token = "%s"
        issuer-token = "fedcba9876543210"
        """
            .formatted(checkValue, token));
  }

  private void rewrite(String name, String pattern, String replacement) throws IOException {
    var record = Files.readString(directory.resolve("epoch-e1.toml"));
    Files.writeString(directory.resolve(name), record.replaceFirst(pattern, replacement));
  }

  private void secret(String name, String mode) throws IOException {
    var file = Files.writeString(directory.resolve(name), "correct horse");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private GuardConfig read(String text) throws IOException {
    return GuardConfigReader.read(Files.writeString(directory.resolve("guard.toml"), text));
  }

  private List<String> problems(String text) {
    var invalid = catchThrowableOfType(SettingsInvalid.class, () -> read(text));
    assertThat(invalid).as("the configuration is refused").isNotNull();
    return invalid.problems();
  }

  @Test
  void theExampleIsValid() throws IOException {
    var config = read(example);
    assertThat(config.name()).isEqualTo("guard-1");
    assertThat(config.listener())
        .isEqualTo(
            new GuardConfig.Listener(
                directory.resolve("run", "guard.sock"), Set.of("karuta-server"), 64));
    assertThat(config.token().deadline()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.epochs())
        .singleElement()
        .extracting(GuardConfig.Epoch::id)
        .isEqualTo(new EpochId("e1"));
    assertThat(config.receiptKeys().labels()).containsExactly("receipt-1");
    assertThat(config.sealKeys().labels()).containsExactly("seal-1");
    assertThat(config.journal().url()).isEqualTo("jdbc:sqlite:" + directory.resolve("journal.db"));
    assertThat(config.caps()).isEqualTo(Caps.standard());
  }

  @Test
  void theCommandsBesideTheGuardDoNotNeedItsPin() throws IOException {
    var text = example.replace("pin-file = \"pin\"", "pin-file = \"/run/credentials/none/pin\"");
    assertThat(problems(text))
        .singleElement()
        .asString()
        .contains("token.pin-file: no such file, or it cannot be read: /run/credentials/none/pin");
    assertThat(GuardConfigReader.readWithoutPin(directory.resolve("guard.toml")).token().pinFile())
        .isEqualTo(Path.of("/run/credentials/none/pin"));
  }

  @Test
  void whatTheExampleSaysIsTheDefault() throws IOException {
    var required =
        """
        [guard]
        name = "guard-1"
        socket = "run/guard.sock"
        peers = ["karuta-server"]
        [token]
        module = "%s"
        label = "karuta-verifier"
        serial = "0123456789abcdef"
        pin-file = "pin"
        [[epoch]]
        record = "epoch-e1.toml"
        [receipts]
        issuer = "karuta.bank.example"
        """
            .formatted(directory.resolve("library.so"));
    // a journal's password has no equality, so the journals are compared by their texts
    assertThat(read(required).toString()).isEqualTo(read(example).toString());
  }

  @Test
  void theExampleNamesEveryField() throws IOException {
    var usual = read(example).toString();
    for (var line : example.lines().filter(text -> text.matches("[a-z-]+ = [0-9]+ .*")).toList()) {
      var value = line.replaceAll("[^=]*= ([0-9]+) .*", "$1");
      var changed = line.replaceFirst(value, Integer.toString(Integer.parseInt(value) - 1));
      assertThat(read(example.replace(line, changed)).toString()).as(line).isNotEqualTo(usual);
    }
  }

  @Test
  void withoutPeersTheGuardsOwnUserMayCall() throws IOException {
    assertThat(read(example.replaceFirst("peers = .*", "")).listener().peers())
        .containsExactly(System.getProperty("user.name"));
  }

  @Test
  void theKeyThatSignsIsLast() throws IOException {
    var config =
        read(
            example
                .replace("\"receipt-1\"", "\"receipt-2\"")
                .replaceFirst("honoured = \\[]", "honoured = [\"receipt-1\"]"));
    assertThat(config.receiptKeys().labels()).containsExactly("receipt-1", "receipt-2");
  }

  @Test
  void aPostgresqlJournalIsReadByItsUrl() throws IOException {
    var config =
        read(
            example
                .replace("file = \"journal.db\"", "")
                .replace("# url =", "url =")
                .replace("# user =", "user =")
                .replace("# require-standby", "require-standby")
                .replace("# password-file", "password-file"));
    assertThat(config.journal().url()).startsWith("jdbc:postgresql://db.bank.example");
    assertThat(config.journal().user()).isEqualTo("karuta_guard");
    assertThat(config.journal().requireStandby()).isTrue();
    assertThat(config.toString()).doesNotContain("correct horse");
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          name = "guard-1"                     -> name = "Guard 1"                | guard.name                  | lower-case letters
          name = "guard-1"                     -> nome = "guard-1"                | guard.nome                  | unknown
          socket = "run/guard.sock"            -> #                               | guard.socket                | missing
          connections = 64                     -> connections = 0                 | guard.connections           | must be from 1 to 1000
          serial = "0123456789abcdef"          -> #                               | token.serial                | missing
          pin-file = "pin"                     -> pin-file = "absent"             | token.pin-file              | no such file
          pin-file = "pin"                     -> pin-file = "open-pin"           | token.pin-file              | chmod 600
          module =                             -> module = "library.so" #         | token.module                | absolute path
          sessions = 8                         -> sessions = 0                    | token.sessions              | must be from 1 to 256
          deadline-seconds = 15                -> deadline-seconds = 1            | token.deadline-seconds      | must be from 2 to 300
          record = "epoch-e1.toml"             -> record = "absent.toml"          | epoch[1].record             | no such file
          record = "epoch-e1.toml"             -> record = "pin"                  | epoch[1].record             | damaged epoch record
          record = "epoch-e1.toml"             -> record = "short.toml"           | epoch[1].record             | 64 hexadecimal digits
          record = "epoch-e1.toml"             -> record = "other-token.toml"     | epoch[1].record             | epoch.token
          [[epoch]]                            -> [[epochs]]                      | epoch                       | missing
          record = "epoch-e1.toml"             -> record = "unmarked.toml"        | epoch[1].record             | for agreements marked development only
          record = "epoch-e1.toml"             -> record = "without-use.toml"     | epoch[1].record             | epoch.use: missing
          record = "epoch-e1.toml"             -> record = "without-kdf.toml"     | epoch[1].record             | epoch.kdf: missing
          record = "epoch-e1.toml"             -> record = "old.toml"             | epoch[1].record             | epoch.kdf: must be one of [CKD_SHA256_KDF, CKD_SHA256_KDF_SP800, CKD_NULL]
          record = "epoch-e1.toml"             -> record = "unnumbered.toml"      | epoch[1].record             | epoch.verifier-kdf: missing
          issuer = "karuta.bank.example"       -> #                               | receipts.issuer             | missing
          life-seconds = 900                   -> life-seconds = 59               | receipts.life-seconds       | must be from 60 to 86400
          file = "journal.db"                  -> file = "absent/journal.db"      | journal.file                | its directory is not there
          file = "journal.db"                  -> user = "any"                    | journal.user                | is for a journal with a url
          failures-since-pass = 20             -> failures-since-pass = 101       | caps.failures-since-pass    | must be from 1 to 100
          failures-in-life = 100               -> failures-in-life = 101          | caps.failures-in-life       | must be from 1 to 100
          failures-a-minute = 200              -> failures-a-minute = 0           | caps.failures-a-minute      | must be from 1 to 10000000
          failures-an-hour = 2000              -> failures-an-hour = 0            | caps.failures-an-hour       | must be from 1 to 10000000
          failures-a-day = 20000               -> failures-a-day = 0              | caps.failures-a-day         | must be from 1 to 10000000
          """)
  void whateverIsWrongIsNamedByItsField(String change, String field, String text) {
    var sides = change.split("->", -1);
    assertThat(example).contains(sides[0].strip());
    var wrong = example.replace(sides[0].strip(), sides[1].strip());
    assertThat(problems(wrong))
        .anySatisfy(
            problem -> assertThat(problem).contains("guard.toml").contains(field).contains(text));
  }

  @Test
  void allProblemsAreNamedAtOnceAndNoValueIsRepeated() {
    var problems =
        problems(
            """
            [guard]
            name = "S3cret"
            secret = "S3cret"
            [token]
            pin-file = "S3cret"
            sessions = "S3cret"
            [journal]
            url = "jdbc:postgresql://db/karuta?password=S3cret"
            """);
    assertThat(problems).hasSizeGreaterThan(8);
    var pathless = String.join("\n", problems).replace(directory.resolve("S3cret").toString(), "");
    assertThat(pathless).doesNotContain("S3cret");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> GuardConfigReader.read(directory.resolve("absent.toml")))
        .isInstanceOf(SettingsInvalid.class)
        .hasMessageContaining("absent.toml");
  }
}
