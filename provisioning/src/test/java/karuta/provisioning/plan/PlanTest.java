package karuta.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import karuta.command.CommandFailed;
import karuta.token.TokenName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PlanTest {
  private static final TokenName TOKEN = new TokenName("karuta-issuer", "0123456789abcdef");
  private static final Action DESTROY = new Action.DestroyKey(TOKEN, "layout-b1", List.of());
  private static final Action WRITE =
      new Action.WriteFile(Path.of("a/b.csv"), "two lines", "SHA-256 00");

  private final List<String> done = new ArrayList<>();
  private final StringWriter out = new StringWriter();

  private Plan plan() {
    return Plan.empty()
        .then(() -> done.add("destroy"), DESTROY)
        .then(() -> done.add("write"), WRITE);
  }

  @Command
  private static final class Some {
    @Mixin DryRun dryRun = new DryRun();
  }

  private static DryRun dryRun(String... arguments) {
    var some = new Some();
    new CommandLine(some).parseArgs(arguments);
    return some.dryRun;
  }

  @Test
  void aPlanSaysEveryActionInOrder() {
    assertThat(plan().text())
        .isEqualTo(
            """
            would destroy the key layout-b1 in token karuta-issuer (serial 0123456789abcdef), for ever
            would write a/b.csv, two lines
                  SHA-256 00
            """);
    assertThat(Plan.empty().text()).isEqualTo("would change nothing\n");
  }

  /// What people will sign must not change from one version to the next unnoticed: recompute it with `sha256sum` over
  /// `karuta plan v1` and the text, each line with its line feed.
  @Test
  void theDigestIsOfTheTextAndNothingElse() {
    assertThat(plan().digest())
        .isEqualTo("b7eec6d8017b00dcfdc47ea0f932f7ff40743331947153244923715222939ade")
        .isEqualTo(Plan.empty().then(() -> {}, DESTROY, WRITE).digest());
    assertThat(plan().then(() -> {}, WRITE).digest()).isNotEqualTo(plan().digest());
  }

  @Test
  void aDryRunPrintsThePlanAndItsDigestAndDoesNothing() throws Exception {
    dryRun("--dry-run").settle(plan(), approved -> done.add("approved"), screen());
    assertThat(out.toString()).isEqualTo(plan().text() + "plan " + plan().digest() + "\n");
    assertThat(done).isEmpty();
  }

  @Test
  void aPlanIsApprovedAndThenCarriedOutInOrder() throws Exception {
    dryRun().settle(plan(), approved -> done.add(approved.digest()), screen());
    assertThat(done).containsExactly(plan().digest(), "destroy", "write");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void withoutApprovalNothingIsDone() {
    assertThatThrownBy(
            () ->
                dryRun()
                    .settle(
                        plan(),
                        approved -> {
                          throw CommandFailed.refused("no");
                        },
                        screen()))
        .isInstanceOf(CommandFailed.class);
    assertThat(done).isEmpty();
  }

  @Test
  void afterADeedThatFailsNoneIsDone() {
    var plan =
        Plan.empty()
            .then(
                () -> {
                  throw new IOException("the disk is full");
                },
                DESTROY)
            .then(() -> done.add("write"), WRITE);
    assertThatThrownBy(() -> dryRun().settle(plan, screen())).hasMessage("the disk is full");
    assertThat(done).isEmpty();
  }

  /// What people read must be what they approve: no name may look like an action.
  @Test
  void aNameThatCouldPassForALineIsRefused() {
    for (var name : List.of("a\nwould write b", "a\rb", "a\u202eb", "a\u2028b", "a\u001b[2Kb")) {
      assertThatThrownBy(
              () -> Plan.empty().then(() -> {}, new Action.WriteFile(Path.of(name), "lines")))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("control character");
    }
  }

  @Test
  void aStepWithoutAnActionIsNone() {
    assertThatThrownBy(() -> Plan.empty().then(() -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private PrintWriter screen() {
    return new PrintWriter(out);
  }
}
