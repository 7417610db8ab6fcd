package karuta.provisioning.cli;

import karuta.agreement.AgreementUse;
import picocli.CommandLine.Option;

/// `--development`, which both sides of an agreement give or neither.
final class UseOption {
  @Option(
      names = "--development",
      description =
          "mark the agreement as one for development: its key may then be derived with CKD_NULL, all"
              + " that SoftHSM has; given on both sides or on neither")
  boolean development;

  AgreementUse use() {
    return development ? AgreementUse.DEVELOPMENT : AgreementUse.PRODUCTION;
  }
}
