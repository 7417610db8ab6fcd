package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import karuta.demo.process.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a verifier token remembers of guards is seen in the audit, and is destroyed by whoever types which guard is
/// gone.
@ExtendWith(Room.Key.class)
class ForgetGuardTest {
  @Test
  void aGuardIsForgottenByItsNameAndNoOther(Room room) throws Exception {
    room.remember("osaka-1", 1000);
    room.remember("osaka-1", 2000);
    room.remember("osaka-2", 500);
    assertThat(audit(room).out())
        .contains("guard osaka-1 may have written up to number 2000\n")
        .contains("guard osaka-2 may have written up to number 500\n")
        .doesNotContain("guard-head-");
    var wrong = forget(room, "osaka-1", "forget guard osaka-2");
    assertThat(wrong.exitCode()).as(wrong.err()).isOne();
    assertThat(wrong.err())
        .contains("guard-head-osaka-1 in token karuta-verifier", "will be gone for ever")
        .contains("guard osaka-1 may have written up to number 2000")
        .contains("a journal of that guard that is older is noticed no longer")
        .contains("that is not 'forget guard osaka-1'; nothing was destroyed");
    assertThat(audit(room).out()).contains("guard osaka-1 may have written up to number 2000\n");
    var right = forget(room, "osaka-1", "forget guard osaka-1");
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(right.out()).contains("destroyed guard-head-osaka-1 in token karuta-verifier");
    assertThat(audit(room).out())
        .doesNotContain("osaka-1")
        .contains("guard osaka-2 may have written up to number 500\n");
    assertThat(forget(room, "osaka-2", "forget guard osaka-2").exitCode()).isZero();
  }

  @Test
  void aGuardNobodyKnowsIsNotForgottenNotEvenInADryRun(Room room) {
    for (var more : List.of("", " --dry-run")) {
      var run =
          room.run(
              ("keys forget-guard --token verifier/token.toml --guard nobody --confirm x" + more)
                  .split(" "));
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("has no head of guard nobody; nothing was destroyed");
    }
  }

  @Test
  void aNameNoGuardCanHaveIsAMistake(Room room) {
    var run = forget(room, "Osaka", "forget guard Osaka");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("a guard is named with 1 to 32 lower-case letters");
  }

  @Test
  void whatCannotBeReadIsAFindingAndCanBeForgotten(Room room) throws Exception {
    var damaged =
        Cli.start(
                room.path(),
                DamagedNumber.class,
                List.of(),
                "--token",
                Room.VERIFIER,
                "guard-head-kobe-1")
            .end();
    assertThat(damaged.exitCode()).as(damaged.err()).isZero();
    assertThat(audit(room).out())
        .contains("what is remembered of guard kobe-1 cannot be read\n")
        .contains("guard-head-kobe-1: CKA_VALUE should be a number and a hash but is 7 bytes");
    var forgotten = forget(room, "kobe-1", "forget guard kobe-1");
    assertThat(forgotten.exitCode()).as(forgotten.err()).isZero();
    assertThat(audit(room).out()).doesNotContain("kobe-1");
  }

  /// That there are keys besides the expected ones is a finding, and of no account here.
  private static Ended audit(Room room) {
    return room.run("keys", "audit", "--token", Room.VERIFIER, "--expect", "receipt-1,seal-1");
  }

  private static Ended forget(Room room, String guard, String sentence) {
    return room.run(
        "keys", "forget-guard", "--token", Room.VERIFIER, "--guard", guard, "--confirm", sentence);
  }
}
