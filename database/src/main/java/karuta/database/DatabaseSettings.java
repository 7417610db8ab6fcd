package karuta.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import karuta.settings.NamedFiles;
import karuta.settings.SettingsInvalid;

/// Which database to use, and how long to wait for it.
///
/// @param url `jdbc:sqlite:/path/karuta.db` or `jdbc:postgresql://host:port/database?...`
/// @param user for PostgreSQL; empty for SQLite
/// @param password for PostgreSQL; empty for SQLite
/// @param connections most connections at once to PostgreSQL, 2 to 1,000; SQLite has one writer and this many readers
/// @param patience how long a call waits for a connection or a row before it gives up; PostgreSQL has twice as long for
///     a statement, and is taken for lost when it has been silent for three times as long
/// @param requireStandby whether nothing is acknowledged that is not on a standby's disk as well; for PostgreSQL
public record DatabaseSettings(
    String url,
    String user,
    Password password,
    int connections,
    Duration patience,
    boolean requireStandby) {
  /// A password that no log or message shows.
  public static final class Password {
    private final String value;

    public Password(String value) {
      this.value = value;
    }

    /// The password in a file that only its owner may read.
    ///
    /// @throws IllegalArgumentException with a text for the operator, if it cannot be taken from there
    public static Password in(Path file) {
      new NamedFiles(file).secret(file.toAbsolutePath().toString());
      try {
        return new Password(Files.readString(file).stripTrailing());
      } catch (IOException _) {
        throw new IllegalArgumentException("cannot be read: " + file);
      }
    }

    String value() {
      return value;
    }

    @Override
    public String toString() {
      return "Password[withheld]";
    }
  }

  public DatabaseSettings {
    if (connections < 2 || connections > 1_000) {
      throw new IllegalArgumentException("connections must be 2 to 1000, not " + connections);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be longer than nothing");
    }
  }

  /// The same database in another role.
  public DatabaseSettings as(String otherUser, Password otherPassword) {
    return new DatabaseSettings(
        url, otherUser, otherPassword, connections, patience, requireStandby);
  }

  /// The same database in another role.
  ///
  /// @param passwordFile a file that only its owner may read
  /// @throws SettingsInvalid if the password cannot be taken from there
  public DatabaseSettings as(String otherUser, Path passwordFile) {
    try {
      return as(otherUser, Password.in(passwordFile));
    } catch (IllegalArgumentException e) {
      throw new SettingsInvalid(
          List.of("the password cannot be taken from its file: " + e.getMessage()));
    }
  }

  /// The address without what may be a secret in its parameters: for messages.
  public String place() {
    return url.replaceFirst("\\?.*", "");
  }

  /// An embedded database with the defaults.
  public static DatabaseSettings sqlite(Path file) {
    return new DatabaseSettings(
        "jdbc:sqlite:" + file, "", new Password(""), 4, Duration.ofSeconds(5), false);
  }
}
