package karuta.provisioning.cli;

import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Fingerprint;
import karuta.softhsm.DevelopmentToken;
import picocli.CommandLine.Option;

/// How a file is compared with what its sender sees. The receiver types what is read out; the program never shows the
/// answer first, because a person who sees it on their own screen confirms it unread.
final class Comparison {
  private static final int ATTEMPTS = 3;

  @Option(
      names = "--fingerprint",
      paramLabel = "HEX",
      description = "the sender's fingerprint, as they read it out; else it is asked for")
  Optional<Fingerprint> fingerprint;

  @Option(
      names = "--rehearsal",
      description = "compare nothing; refused on anything but a SoftHSM token")
  boolean rehearsal;

  /// Refuses a rehearsal on a real token, before anything is done.
  void check(OpenToken token) {
    if (rehearsal && !DevelopmentToken.isSoftHsm(token.token().info())) {
      throw CommandFailed.refused(
          "--rehearsal is for SoftHSM tokens only; compare the fingerprints");
    }
  }

  /// Compares.
  ///
  /// @param whose such as `the issuer's request`
  void check(CeremonyFile<?> file, String whose, Context context) {
    if (rehearsal) {
      context.note("a rehearsal: the fingerprint of %s is not compared", whose);
      return;
    }
    var right =
        fingerprint.isPresent()
            ? fingerprint.get().equals(file.fingerprint())
            : asked(file.fingerprint(), whose, context);
    if (!right) {
      throw CommandFailed.refused(
          "the fingerprint of "
              + whose
              + " is another; stop, keep the files, and find out who changed them");
    }
    context.note("the fingerprint of %s is right", whose);
  }

  /// A slip of the finger must not cost a ceremony, so it is asked a few times. A forged file gains nothing by that:
  /// the typist types what is read out, and that is the true one each time.
  private static boolean asked(Fingerprint right, String whose, Context context) {
    for (var left = ATTEMPTS; left > 0; left--) {
      var typed =
          context.prompt().line("fingerprint of " + whose + ", as its sender reads it out: ");
      try {
        if (Fingerprint.parse(typed).equals(right)) {
          return true;
        }
        context.note("that is not the fingerprint of this file; have it read out again");
      } catch (IllegalArgumentException e) {
        context.note("%s; type all of them", String.valueOf(e.getMessage()));
      }
    }
    return false;
  }
}
