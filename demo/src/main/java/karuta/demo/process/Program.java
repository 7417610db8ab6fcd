package karuta.demo.process;

/// The programs of a stack. Their class paths are kept apart: the server never has the code that makes cards, nor that
/// which loads a token, on its own.
public enum Program {
  /// The custodians' commands.
  CUSTODIANS("provisioning", "karuta.provisioning.cli.Main"),
  /// The guard.
  GUARD("guard", "karuta.guard.Main"),
  /// The challenge server.
  SERVER("challenge-server", "karuta.server.Main"),
  /// The demo bank.
  BANK("demo-bank", "karuta.demobank.DemoBankCommand");

  private final String module;
  private final String main;

  Program(String module, String main) {
    this.module = module;
    this.main = main;
  }

  /// The module it is in.
  public String module() {
    return module;
  }

  /// Its main class.
  public String main() {
    return main;
  }
}
