package karuta.command;

/// The exit codes, the same in every program. A command that ends early never ends with [#DONE].
public final class ExitCode {
  /// All was done.
  public static final int DONE = 0;

  /// A policy says no; nothing was changed.
  public static final int REFUSED = 1;

  /// An option, a file or a setting is wrong, or what was asked for cannot be done with what is there.
  public static final int USAGE = 2;

  /// The token is not there, or not to be trusted.
  public static final int TOKEN = 3;

  /// Interrupted, or before its database was there; the same command goes on, or begins anew.
  public static final int INTERRUPTED = 4;

  /// Something was changed or damaged, or is signed by another.
  public static final int INTEGRITY = 5;

  /// A call to the token's library did not come back; whoever supervises the process starts it again.
  public static final int HUNG = 6;

  /// The program itself failed, which nobody has foreseen (`EX_SOFTWARE` of sysexits.h). It is no code that a command
  /// means something by, least of all [#REFUSED], by which people are called.
  public static final int DEFECT = 70;

  private ExitCode() {}
}
