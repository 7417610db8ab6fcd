package karuta.provisioning.plan;

import java.io.IOException;

/// The confirmation that a plan needs before its first step is carried out.
@FunctionalInterface
public interface Approval {
  /// None: whoever may run the command may carry out its plan.
  Approval NOT_NEEDED = plan -> {};

  /// Returns if the plan was approved.
  ///
  /// @throws karuta.command.CommandFailed if it was not
  void require(Plan plan) throws IOException;
}
