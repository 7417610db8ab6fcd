package karuta.benchmarks;

import java.nio.file.Path;
import java.util.List;
import karuta.demo.Home;
import karuta.demo.process.Child;

/// Programs of this module, each in a process of its own.
final class OwnProgram {
  private OwnProgram() {}

  static Child start(Class<?> main, Home home, String... arguments) {
    var jvm =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"));
    return Child.start(
        jvm,
        main.getName(),
        Child.Place.of(home.path("floor.log")).withToken(home.verifier()),
        arguments);
  }
}
