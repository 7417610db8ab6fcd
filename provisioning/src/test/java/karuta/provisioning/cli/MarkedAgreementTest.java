package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.stream.Stream;
import karuta.demo.process.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// SoftHSM has no key derivation function, so an agreement between two of its tokens is marked development, on both
/// sides, or is none.
@ExtendWith(Room.Key.class)
class MarkedAgreementTest {
  private static final String NOTHING =
      "has no key derivation function for production; it has: CKD_NULL 0x00000001, for development"
          + " only (an agreement for development is marked so on both sides: --development)";

  private static Ended request(Room room, String... more) {
    return room.run(
        Room.with(
            Room.with(
                Room.request("2029a", "without-mark"),
                "--verifier-certificate",
                "verifier/receipt-1.pem",
                "--rehearsal",
                "--wait",
                "0"),
            more));
  }

  private static String[] unmarked(String... words) {
    return Stream.of(words).filter(word -> !word.equals("--development")).toArray(String[]::new);
  }

  @Test
  void neitherSideDoesWithoutTheMark(Room room) throws Exception {
    Files.createDirectories(room.path("without-mark"));
    var asked =
        room.run(
            Room.with(
                unmarked(Room.request("2029a", "without-mark")),
                "--verifier-certificate",
                "verifier/receipt-1.pem",
                "--rehearsal",
                "--wait",
                "0"));
    assertThat(asked.exitCode()).as(asked.err()).isOne();
    assertThat(asked.err()).contains("the token karuta-issuer (serial ").contains(NOTHING);
    assertThat(room.path("without-mark")).isEmptyDirectory();
    assertThat(request(room).err()).contains("no response came");
    var before = World.of(room);
    var answered =
        room.run(Room.with(unmarked(Room.respond("2029a", "without-mark")), "--rehearsal"));
    assertThat(answered.exitCode()).as(answered.err()).isOne();
    assertThat(answered.err())
        .containsPattern(
            "the issuer token [0-9a-f]{16} asks for an agreement for development, this command is"
                + " for one for production; agree on one of the two");
    assertThat(World.of(room).changesSince(before)).isEmpty();
  }

  @Test
  void theRecordSaysHowTheKeyWasDerivedAndForWhat(Room room) throws Exception {
    assertThat(Files.readAllLines(room.path("verifier/epoch-2026a.toml")))
        .contains(
            "use = \"development\"",
            "kdf = \"CKD_NULL\"",
            "issuer-kdf = \"CKD_NULL 0x00000001\"",
            "verifier-kdf = \"CKD_NULL 0x00000001\"");
    assertThat(room.done("token", "status", "--token", Room.ISSUER).out())
        .contains("kdf     CKD_NULL 0x00000001, for development only\n");
  }
}
