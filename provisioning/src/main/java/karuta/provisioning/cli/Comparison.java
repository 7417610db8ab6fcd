package karuta.provisioning.cli;

import java.util.Optional;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Fingerprint;
import karuta.softhsm.DevelopmentToken;
import picocli.CommandLine.Option;

/// How a file is compared with what its sender sees. The receiver types what he is told; the program never shows him the
/// answer first, because a person who sees it on his own screen confirms it.
final class Comparison {
  @Option(
      names = "--fingerprint",
      paramLabel = "HEX",
      description = "the sender's fingerprint, as he reads it out; else it is asked for")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Optional<Fingerprint> fingerprint;

  @Option(
      names = "--rehearsal",
      description = "compare nothing; refused on anything but a SoftHSM token")
  boolean rehearsal;

  /// Refuses a rehearsal on a real token, before anything is done.
  void check(TokenFile token) {
    if (rehearsal && !DevelopmentToken.isSoftHsm(token.module().library())) {
      throw new Refused("--rehearsal is for SoftHSM tokens only; compare the fingerprints");
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
    var told = fingerprint.orElseGet(() -> ask(whose, context));
    if (!told.equals(file.fingerprint())) {
      throw new Refused(
          "the fingerprint of "
              + whose
              + " is another; stop, keep the files, and find out who changed them");
    }
    context.note("the fingerprint of %s is right", whose);
  }

  private static Fingerprint ask(String whose, Context context) {
    return Fingerprint.parse(
        context.prompt().line("fingerprint of " + whose + ", as its sender reads it out: "));
  }
}
