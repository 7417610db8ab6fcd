package karuta.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import karuta.card.MacInput;
import karuta.card.PaletteSeed;
import karuta.secret.SecretBytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The dependency arrows: who may know what, and that nothing on the server's class path can derive a layout.
class ArchitectureTest {
  /// Written by the build: the runtime class path of this module, without what only tests see.
  private static final Path CLASS_PATH = Path.of("target", "runtime.classpath");

  private static final String[] CORE = {
    "karuta.server.card..",
    "karuta.server.challenge..",
    "karuta.server.answer..",
    "karuta.server.lifecycle..",
    "karuta.server.book..",
    "karuta.server.seal..",
    "karuta.server.audit..",
    "karuta.server.watch..",
    "karuta.server.store.."
  };

  private static List<Path> classPath;
  private static JavaClasses ours;

  @BeforeAll
  static void read() throws IOException {
    classPath = new ArrayList<>();
    classPath.add(Path.of("target", "classes"));
    for (var entry : Files.readString(CLASS_PATH).strip().split(File.pathSeparator, -1)) {
      classPath.add(Path.of(entry));
    }
    assertThat(classPath).as("the runtime class path").hasSizeGreaterThan(20);
    ours = new ClassFileImporter().importLocations(ownCode());
    assertThat(ours.contain("karuta.guard.client.SocketGuard")).isTrue();
  }

  /// The server and Karuta's own modules below it: directories while Maven tests, jars once it packages.
  private static List<Location> ownCode() throws IOException {
    var locations = new ArrayList<Location>();
    locations.add(Location.of(classPath.getFirst()));
    for (var path : classPath) {
      if (path.toString().matches(".*/(card-format|database|guard-client)/target/.*")) {
        locations.add(
            Files.isDirectory(path) ? Location.of(path) : Location.of(new JarFile(path.toFile())));
      }
    }
    assertThat(locations).as("the server and the three below it").hasSize(4);
    return locations;
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.(**)").should().beFreeOfCycles().check(ours);
  }

  @Test
  void onlySecretsLieOutsideTheHeap() {
    noClasses()
        .that()
        .resideOutsideOfPackage("karuta.secret..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(ours);
  }

  /// An array of an answer or a PIN could be moved by the collector, which leaves a copy that nobody wipes.
  @Test
  void noAnswerAndNoPinIsEverAnArray() {
    noClasses()
        .that()
        .areNotAssignableTo(PaletteSeed.class)
        .should()
        .callMethod(MacInput.class, "toBytes")
        .check(ours);
    noClasses()
        .that()
        .areNotAssignableTo(MacInput.class)
        .should()
        .callMethod(SecretBytes.class, "toArray")
        .check(ours);
  }

  @Test
  void onlyTheStoreAndTheDatabaseAccessSpeakSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages("karuta.server.store..", "karuta.database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(ours);
  }

  @Test
  void onlyTheApiHealthAndTheStartKnowVertxAndProtobuf() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "karuta.server.api..",
            "karuta.server.health..",
            "karuta.guard.client..",
            "karuta.guard.frame..")
        .and()
        .areNotAssignableTo(Serving.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "com.google.protobuf..", "karuta.v1..")
        .check(ours);
  }

  @Test
  void theCoreDoesNotKnowTheApi() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "karuta.server",
            "karuta.server.api..",
            "karuta.server.config..",
            "karuta.server.health..",
            "karuta.server.lane..",
            "karuta.log..",
            "karuta.server.metrics..")
        .check(ours);
  }

  @Test
  void nothingBelowKnowsTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("karuta.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("karuta.server..")
        .check(ours);
  }

  /// Whoever owns a running server must own neither an oracle nor a signature.
  @Test
  void noCodeThatLoadsATokenIsOnTheClassPath() throws IOException {
    var found = new ArrayList<String>();
    for (var entry : classPath) {
      names(entry).stream()
          .filter(
              name -> name.matches("karuta/(token|cryptoki|guard/(judge|journal|sign|token))/.*"))
          .forEach(found::add);
    }
    assertThat(found).isEmpty();
  }

  private static List<String> names(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      try (var files = Files.walk(entry)) {
        return files.map(file -> entry.relativize(file).toString()).toList();
      }
    }
    try (var jar = new JarFile(entry.toFile())) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }

  @Test
  void nothingOnTheClassPathIsOfProvisioningOrHoldsTheWordsOfALayout() throws IOException {
    var found = new ArrayList<String>();
    for (var entry : classPath) {
      if (Files.isDirectory(entry)) {
        try (var files = Files.walk(entry)) {
          for (var file : files.filter(Files::isRegularFile).toList()) {
            try (var in = Files.newInputStream(file)) {
              look(entry.relativize(file).toString(), in, found);
            }
          }
        }
      } else {
        try (var jar = new JarFile(entry.toFile())) {
          for (var member : jar.stream().filter(member -> !member.isDirectory()).toList()) {
            try (var in = jar.getInputStream(member)) {
              look(member.getName(), in, found);
            }
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static void look(String name, InputStream in, List<String> found) throws IOException {
    if (name.startsWith("karuta/provisioning/")) {
      found.add(name);
    }
    if (name.startsWith("karuta/")
        && new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
            .contains("karuta layout v1")) {
      found.add(name + " holds the words of a layout's derivation");
    }
  }
}
