package karuta.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void goodFilesGiveTheirValuesAndDefaults() throws IOException {
    var settings =
        read(
            """
            [server]
            port = 8443
            key = "tls/key.pem"
            names = ["a", "b"]
            [[client]]
            name = "front"
            [[client]]
            name = "back"
            """);
    var server = settings.root().table("server");
    var port = server.number("port", 1, 65535);
    var host = server.text("host", "127.0.0.1");
    var key = server.path("key");
    var names = server.strings("names", String::toUpperCase);
    var window = server.seconds("window", 1, 600, 180);
    var clients = settings.root().tables("client").stream().map(t -> t.text("name")).toList();
    settings.check();

    assertThat(port.value()).isEqualTo(8443);
    assertThat(host.value()).isEqualTo("127.0.0.1");
    assertThat(key.value()).isEqualTo(folder.resolve("tls/key.pem"));
    assertThat(names.value()).containsExactly("A", "B");
    assertThat(window.value()).isEqualTo(Duration.ofMinutes(3));
    assertThat(clients).extracting(Field::value).containsExactly("front", "back");
  }

  @Test
  void everyProblemIsNamedAtOnceWithLineAndField() throws IOException {
    var settings =
        read(
            """
            [server]
            port = 99999
            hots = "typo"
            flag = "yes"
            mode = "wild"
            """);
    var server = settings.root().table("server");
    server.number("port", 1, 65535);
    server.text("host");
    server.flag("flag", false);
    server.text("mode", SettingsTest::mode);
    settings.root().table("store").text("url");

    assertThatThrownBy(settings::check)
        .isInstanceOfSatisfying(
            SettingsInvalid.class,
            e ->
                assertThat(e.problems())
                    .map(problem -> problem.substring(problem.indexOf("a.toml")))
                    .containsExactlyInAnyOrder(
                        "a.toml:2: server.port: must be from 1 to 65535",
                        "a.toml: server.host: missing; it must be a string",
                        "a.toml:4: server.flag: must be a boolean (true or false)",
                        "a.toml:5: server.mode: must be calm",
                        "a.toml: store: missing; it must be a table [store]",
                        "a.toml: store.url: missing; it must be a string",
                        "a.toml:3: server.hots: unknown; is the name misspelt?"));
  }

  @Test
  void valuesAreNeverRepeatedInMessages() throws IOException {
    var settings = read("pin = \"271828\"\n");
    settings.root().number("pin", 0, 1);
    assertThatThrownBy(settings::check).hasMessageNotContaining("271828");
    assertThatThrownBy(() -> read("pin = 271828 314\n")).hasMessageNotContaining("271828");
  }

  @Test
  void absentAndBrokenFilesSaySo() {
    assertThatThrownBy(() -> Settings.read(folder.resolve("none.toml")))
        .isInstanceOf(SettingsInvalid.class)
        .hasMessageEndingWith("none.toml: no such file");
    assertThatThrownBy(() -> read("[server\n")).hasMessageContaining("a.toml:1: not valid TOML");
  }

  @Test
  void aFieldCannotBeReadBeforeTheCheck() throws IOException {
    var port = read("port = 1\n").root().number("port", 1, 2);
    assertThatThrownBy(port::value).isInstanceOf(IllegalStateException.class);
  }

  private static String mode(String text) {
    if (!text.equals("calm")) {
      throw new IllegalArgumentException("must be calm");
    }
    return text;
  }

  private Settings read(String text) throws IOException {
    return Settings.read(Files.writeString(folder.resolve("a.toml"), text));
  }
}
