package karuta.provisioning.cli;

import karuta.approval.ApproveCommand;
import picocli.CommandLine.Command;

/// `karuta custodian`: what a custodian does at a machine of their own, without a token.
@Command(
    name = "custodian",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ApproveCommand.class,
    description = "Approves what another custodian wants destroyed.")
final class CustodianCommands extends Group {}
