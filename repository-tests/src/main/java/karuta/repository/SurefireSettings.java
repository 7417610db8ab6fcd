package karuta.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What surefire gives the JVM of a module's tests, from the poms; a test holds that they ask for nothing else.
///
/// @param repository the root of the repository
record SurefireSettings(Path repository) {
  private static final Pattern VARIABLE =
      Pattern.compile("<(?<name>[\\w.]+)>(?<value>[^<]*)</\\k<name>>");

  /// The options of a module's JVM, in the order in which they are given.
  List<String> options(String module) throws IOException {
    var pom = Files.readString(repository.resolve(module).resolve("pom.xml"));
    var all = element("test.jvm", Files.readString(repository.resolve("pom.xml"))).orElse("");
    var line = element("argLine", pom).orElse("${test.jvm}").replace("${test.jvm}", all);
    var basedir = repository.resolve(module).toString();
    var options = new ArrayList<String>();
    for (var option : line.strip().split("\\s+", -1)) {
      options.add(option.replace("${project.basedir}", basedir));
    }
    element("systemPropertyVariables", pom)
        .ifPresent(
            variables ->
                VARIABLE
                    .matcher(variables)
                    .results()
                    .map(found -> "-D" + found.group("name") + "=" + found.group("value"))
                    .map(option -> option.replace("${project.basedir}", basedir))
                    .forEach(options::add));
    return options;
  }

  private static Optional<String> element(String name, String pom) {
    var found =
        Pattern.compile("(?s)<" + Pattern.quote(name) + ">(.*?)</" + Pattern.quote(name) + ">")
            .matcher(pom);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
