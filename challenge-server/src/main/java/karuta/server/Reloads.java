package karuta.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import karuta.command.CommandFailed;
import karuta.log.StackSummary;
import karuta.server.config.ServerConfig;
import karuta.server.config.ServerConfigReader;
import karuta.settings.SettingsInvalid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What SIGHUP asks for: certificates, keys and clients are read again, one time after another.
///
/// A process that does not handle the signal is ended by it. So it is handled before anything is opened, because a
/// token or a store may take long; one that comes meanwhile is carried out when the server serves. What is wrong with
/// the configuration is said as at a start, and the server goes on with what it had.
final class Reloads {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

  private final Path file;
  private boolean asked;
  private Optional<Consumer<ServerConfig>> server = Optional.empty();

  /// @param file the configuration
  Reloads(Path file) {
    this.file = file;
  }

  /// The signal has come. Each comes on a thread of its own.
  synchronized void hangUp() {
    asked = true;
    server.ifPresent(this::carryOut);
  }

  /// From now on there is a server; what was asked for before is carried out.
  ///
  /// @param serving takes what it can of a configuration; throws {@link CommandFailed} if it stays as it was
  synchronized void serve(Consumer<ServerConfig> serving) {
    server = Optional.of(serving);
    if (asked) {
      carryOut(serving);
    }
  }

  private void carryOut(Consumer<ServerConfig> serving) {
    asked = false;
    try {
      serving.accept(ServerConfigReader.read(file));
      LOG.info("certificates and clients are read again");
    } catch (SettingsInvalid invalid) {
      invalid.problems().forEach(Reloads::refused);
    } catch (CommandFailed failed) {
      refused(file + ": " + failed.getMessage());
    } catch (RuntimeException failure) {
      refused("a defect: " + StackSummary.line(failure));
    }
  }

  private static void refused(String problem) {
    LOG.error("nothing is changed, the old certificates and clients go on: {}", problem);
  }
}
