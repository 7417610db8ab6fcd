package karuta.demo.process;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How programs are started.
@FunctionalInterface
public interface Programs {
  /// The words that start a JVM with a program's class path, and with [Leash] on it; a main class and its arguments
  /// follow.
  List<String> jvm(Program program);

  /// As they are built in the repository that this class was built in: each with its module's jar and libraries.
  ///
  /// @throws IllegalStateException if one is not built
  static Programs built() {
    var repository = repository();
    return program -> {
      var module = program.module();
      var target = repository.resolve(module).resolve("target");
      var jar = target.resolve(module + "-1.0.0-SNAPSHOT.jar");
      if (!Files.exists(jar) || !Files.exists(target.resolve("lib"))) {
        throw new IllegalStateException(module + " is not built; ./karuta build does it");
      }
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-Dfile.encoding=UTF-8",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          "-Djava.awt.headless=true",
          "-cp",
          String.join(":", jar.toString(), target.resolve("lib") + "/*", ours().toString()));
    };
  }

  private static Path repository() {
    for (var path = ours(); path != null; path = path.getParent()) {
      if (path.endsWith("target")) {
        return path.resolveSibling("..").normalize();
      }
    }
    throw new IllegalStateException(ours() + " does not lie in the repository it was built in");
  }

  /// The jar or directory that this class is in.
  private static Path ours() {
    try {
      return Path.of(Programs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
