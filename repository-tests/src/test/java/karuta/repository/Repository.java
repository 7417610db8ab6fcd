package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files that git tracks, or would with the next `git add`; everything outside what is built, where there is no
/// git.
final class Repository {
  private static final Path ROOT = root();
  private static final List<Path> FILES = list();

  private Repository() {}

  /// The directory of the root `pom.xml`.
  static Path directory() {
    return ROOT;
  }

  /// Relative to the root, sorted.
  static List<Path> files() {
    return FILES;
  }

  static Stream<Path> named(String ending) {
    return FILES.stream().filter(file -> file.toString().endsWith(ending));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(ROOT.resolve(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The text of a file, or nothing when it is not UTF-8.
  static Optional<String> text(Path file) {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Optional.of(decoder.decode(ByteBuffer.wrap(bytes(file))).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  private static Path root() {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("karuta")) && Files.exists(at.resolve("pom.xml"))) {
        return at;
      }
    }
    throw new IllegalStateException("these tests run inside the repository");
  }

  private static List<Path> list() {
    var files = Files.exists(ROOT.resolve(".git")) ? tracked() : walked();
    assertThat(files).contains(Path.of("pom.xml"), Path.of("karuta"), Path.of("LICENSE"));
    return files;
  }

  private static List<Path> tracked() {
    var git =
        Commands.run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
    assertThat(git.code()).as(git.err()).isZero();
    return Stream.of(git.out().split("\0"))
        .map(Path::of)
        .filter(file -> Files.isRegularFile(ROOT.resolve(file)))
        .sorted()
        .toList();
  }

  private static List<Path> walked() {
    try (var tree = Files.walk(ROOT)) {
      return tree.filter(Files::isRegularFile)
          .map(ROOT::relativize)
          .filter(file -> !("/" + file).matches(".*/(target|\\.karuta|\\.git)/.*"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
