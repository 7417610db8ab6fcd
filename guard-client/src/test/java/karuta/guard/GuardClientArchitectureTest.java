package karuta.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import karuta.secret.SecretBytes;
import org.junit.jupiter.api.Test;

/// The way to the guard is known by both ends, so it knows neither; and its messages stay inside.
class GuardClientArchitectureTest {
  private static final String[] MESSAGES = {"com.google.protobuf..", "karuta.guard.v1.."};

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("karuta.guard.client", "karuta.guard.frame", "karuta.guard.judged");

  @Test
  void theWayKnowsNeitherEnd() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "com.google.protobuf..",
            "karuta.bundle",
            "karuta.card",
            "karuta.digest",
            "karuta.document",
            "karuta.guard.client",
            "karuta.guard.frame",
            "karuta.guard.judged",
            "karuta.guard.v1",
            "karuta.secret")
        .check(MAIN);
  }

  @Test
  void nothingOfAMessageIsInWhatOthersSee() {
    classes().that().arePublic().should(showNoMessages()).check(MAIN);
  }

  private static ArchCondition<JavaClass> showNoMessages() {
    return new ArchCondition<>("show no messages") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getMembers().stream()
            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(
                member -> member.getAllInvolvedRawTypes().stream().map(type -> named(member, type)))
            .filter(text -> text.matches(".*: (com\\.google\\.protobuf|karuta\\.guard\\.v1)\\..*"))
            .forEach(text -> events.add(SimpleConditionEvent.violated(item, text)));
      }
    };
  }

  private static String named(JavaMember member, JavaClass type) {
    return member.getFullName() + ": " + type.getName();
  }

  @Test
  void framesKnowNoMessages() {
    noClasses()
        .that()
        .resideInAPackage("karuta.guard.frame")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MESSAGES)
        .check(MAIN);
  }

  /// An array of an answer could be moved by the collector, which leaves a copy that nobody wipes.
  @Test
  void noAnswerIsEverAnArray() {
    noClasses().should().callMethod(SecretBytes.class, "toArray").check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.guard.(**)").should().beFreeOfCycles().check(MAIN);
  }
}
