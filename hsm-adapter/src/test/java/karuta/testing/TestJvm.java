package karuta.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import karuta.demo.process.Leash;

/// The command line of a JVM that a test starts: the class path of the tests, a short life, and a language with other
/// digits and another small i, so that nothing depends on the machine's.
public final class TestJvm {
  private TestJvm() {}

  /// The words that start a JVM; a main class and its arguments follow.
  ///
  /// @param options beside the usual ones
  public static List<String> jvm(List<String> options) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.extensions=u-nu-arab",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED"));
    words.addAll(options);
    words.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
    return words;
  }

  /// The words that run a program.
  ///
  /// @param options of the JVM, beside the usual ones
  public static List<String> words(Class<?> main, List<String> options) {
    var words = jvm(options);
    words.add(main.getName());
    return words;
  }

  /// The words that run a program whose standard input is a pipe from this JVM, and that ends with it or after ten
  /// minutes: see [Leash].
  public static List<String> tied(Class<?> main, List<String> options) {
    var all = new ArrayList<>(options);
    all.add("-Dkaruta.longest-life=PT10M");
    var words = words(Leash.class, all);
    words.add(main.getName());
    return words;
  }
}
