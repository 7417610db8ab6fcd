package karuta.provisioning.plan;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/// `--dry-run`, the same in every command with effects, and the one place where a plan is printed or carried out.
public final class DryRun {
  @Option(names = "--dry-run", description = "print every step and the plan's digest, do none")
  private boolean asked;

  /// Whether the plan is only printed.
  public boolean asked() {
    return asked;
  }

  /// Prints the plan; or has it approved, and carries it out.
  public void settle(Plan plan, Approval approval, PrintWriter out) throws IOException {
    if (asked) {
      out.print(plan.text());
      out.println("plan " + plan.digest());
      out.flush();
      return;
    }
    approval.require(plan);
    plan.carryOut();
  }

  /// Prints the plan, or carries it out.
  public void settle(Plan plan, PrintWriter out) throws IOException {
    settle(plan, Approval.NOT_NEEDED, out);
  }
}
