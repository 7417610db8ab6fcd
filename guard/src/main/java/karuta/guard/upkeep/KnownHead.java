package karuta.guard.upkeep;

import java.util.List;
import java.util.regex.Pattern;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.Journal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A head as the log tells it, `guard-1:12:Qm9...`: what somebody knows of a journal who cannot write to it.
public final class KnownHead implements ITypeConverter<ChainHead> {
  private static final Pattern SHAPE =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,31}):([1-9][0-9]{0,17}):([A-Za-z0-9_-]{43})");

  @Override
  public ChainHead convert(String text) {
    var parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not GUARD:NUMBER:HASH, with 43 characters after the last colon");
    }
    return new ChainHead(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3));
  }

  /// Holds a journal against it.
  ///
  /// @throws CommandFailed if the journal lacks it
  public static void require(Journal journal, ChainHead head) {
    if (!journal.knows(List.of(head))) {
      throw new CommandFailed(
          ExitCode.INTEGRITY,
          ("the journal is older than what is known of it: it lacks judgement %d of guard %s with the hash %s. Find the newer one, or have it"
                  + " rebuilt; if it was rebuilt since, name the head it has had since: see docs/ceremonies/guard-officers.md")
              .formatted(head.sequence(), head.guard(), head.hash()),
          null);
    }
  }
}
