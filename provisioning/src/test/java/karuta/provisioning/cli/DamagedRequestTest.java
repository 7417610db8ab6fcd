package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import karuta.demo.process.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A token whose memory of the last request is damaged tells of all its keys, and nothing on it is destroyed with
/// approvals until somebody has mended that. The token is put in order again, for the other tests.
@ExtendWith(Room.Key.class)
class DamagedRequestTest {
  @Test
  void theAuditSaysItAndEverythingElse(Room room) throws Exception {
    room.custodians();
    room.layoutKey("damaged-1");
    run(room, DamagedNumber.class);
    try {
      var audit = audit(room);
      assertThat(audit.exitCode()).as(audit.err()).isOne();
      assertThat(audit.out())
          .contains("which approved request was carried out last cannot be read\n")
          .contains("last-request: CKA_VALUE should be a number and a hash but is 7 bytes")
          .contains("layout-damaged-1: presence");
      assertThat(audit.err()).containsPattern("[0-9]+ findings; do not use this token");
      run(room, DamagedNumber.class);
      assertThat(audit(room).out())
          .containsPattern("last-request: presence should be one object but is [23] objects\n");
      var asked =
          room.run(
              Room.with(
                  "layout-key destroy --batch damaged-1 --without-report unused".split(" "),
                  "--new-request",
                  "damaged.destroy",
                  "--token",
                  TestCustodians.ISSUER));
      assertThat(asked.exitCode()).as(asked.err()).isOne();
      assertThat(asked.err()).contains("last-request");
    } finally {
      run(room, WithoutDamagedNumber.class);
    }
    assertThat(audit(room).out()).doesNotContain("last-request", "cannot be read");
  }

  private static void run(Room room, Class<?> program) throws Exception {
    var ended =
        Cli.start(room.path(), program, List.of(), "--token", Room.ISSUER, "last-request").end();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }

  private static Ended audit(Room room) {
    return room.run("keys", "audit", "--token", Room.ISSUER, "--expect", "issuer-1");
  }
}
