package karuta.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/// The directory in which a stack has everything it makes.
///
/// @param directory absolute, so that programs find it wherever they run
public record Home(Path directory) {
  /// What the tokens agree a book key for.
  public static final String EPOCH = "2026a";

  /// The signing keys.
  static final String ISSUER_KEY = "issuer-1";

  public static final String RECEIPT_KEY = "receipt-1";

  public static final String SEAL_KEY = "seal-1";

  /// Makes a relative directory absolute.
  public Home {
    directory = directory.toAbsolutePath().normalize();
  }

  /// A directory of its own, for a stack that is not kept.
  public static Home temporary(String name) {
    try {
      return new Home(Files.createTempDirectory("karuta-" + name + "."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file or directory in it.
  public Path path(String name) {
    return directory.resolve(name);
  }

  /// The same, as a word of a command.
  public String at(String name) {
    return path(name).toString();
  }

  /// The certificates of a development PKI, as `karuta pki dev` makes them.
  public Path pki() {
    return path("pki");
  }

  /// The custodians' batches, each in a directory.
  public Path batches() {
    return path("batches");
  }

  /// Where printed cards arrive, as `SERIAL.pdf`.
  public Path letterbox() {
    return path("letterbox");
  }

  /// The verifier token's home: its SoftHSM store, its PIN, the guard's settings.
  public Path verifier() {
    return path("verifier");
  }

  /// The record of the agreed key, which is there when the tokens have agreed.
  public Path epochRecord() {
    return verifier().resolve("epoch-" + EPOCH + ".toml");
  }

  /// The issuer token's home.
  public Path issuer() {
    return path("issuer");
  }

  /// What custodians said, and what was said to them.
  public Path chainLog() {
    return path("chain.log");
  }

  /// What the guard said.
  public Path guardLog() {
    return path("guard.log");
  }

  /// What the server said.
  public Path serverLog() {
    return path("server.log");
  }

  /// Makes directories; those that are there stay.
  public void make(String... names) {
    try {
      for (var name : names) {
        Files.createDirectories(path(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Until the tokens have agreed nothing is worth keeping, and a token or a directory made by halves would be in the
  /// way of every later start. It is put aside, not removed: the directory may have been somebody's before.
  ///
  /// @return where it lies now, if there was anything
  public Optional<Path> putInterruptedAside() {
    if (Files.exists(epochRecord())) {
      return Optional.empty();
    }
    try {
      Path aside = null;
      for (var part : new String[] {"pki", "issuer", "verifier", "agreement"}) {
        if (Files.exists(path(part))) {
          aside = aside == null ? Files.createTempDirectory(directory, "interrupted.") : aside;
          Files.move(path(part), aside.resolve(part));
        }
      }
      return Optional.ofNullable(aside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes it with everything in it.
  public void delete() {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
