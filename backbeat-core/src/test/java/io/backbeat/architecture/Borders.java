package io.backbeat.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/**
 * The borders of the core, as rules over a root package, so that fixtures below another root can
 * prove that each one bites.
 */
final class Borders {
  /** From the top to the bottom; a package uses only what stands in a row below its own. */
  private static final List<List<String>> ROWS =
      List.of(
          List.of("engine"),
          List.of("populator", "processor", "gc", "explanation", "bulk"),
          List.of("replication", "location", "workflow", "lag"),
          List.of("status", "metrics", "monitoring", "store"),
          List.of("task", "health"),
          List.of("queue", "log"),
          List.of("job"),
          List.of("api"));

  /** Names every port, also those whose package stands higher up. */
  private static final String PORT_BUNDLE = "store";

  private static final List<String> ADAPTERS =
      List.of(
          "cloudserver",
          "memory",
          "embedded",
          "filesystem",
          "kafka",
          "micrometer",
          "mongodb",
          "prometheus",
          "redis",
          "s3",
          "zookeeper");
  private static final String[] TECHNOLOGIES = {
    "java.sql..",
    "java.net.http..",
    "org.sqlite..",
    "software.amazon..",
    "io.micrometer..",
    "io.prometheus..",
    "org.apache..",
    "com.mongodb..",
    "org.bson..",
    "redis..",
    "jakarta.."
  };

  private Borders() {}

  static ArchRule lowerRowsOnly(String root, String upper) {
    int row = row(upper);
    String[] forbidden =
        Stream.concat(
                ROWS.subList(0, row + 1).stream()
                    .flatMap(List::stream)
                    .filter(p -> !p.equals(upper) && !upper.equals(PORT_BUNDLE)),
                ADAPTERS.stream())
            .map(p -> root + "." + p + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + upper + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because(
            "a package uses only those below it: move the class down, or pass what it needs as an argument")
        .allowEmptyShould(true);
  }

  static List<String> layeredPackages() {
    return ROWS.stream().flatMap(List::stream).filter(p -> !p.equals("api")).toList();
  }

  private static int row(String name) {
    for (int i = 0; i < ROWS.size(); i++) {
      if (ROWS.get(i).contains(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no row has the package " + name);
  }

  static ArchRule adaptersKnowOnlyPorts(String root, String adapter) {
    String[] forbidden =
        Stream.concat(
                ADAPTERS.stream().filter(a -> !a.equals(adapter)),
                Stream.of("engine", "processor", "health"))
            .map(p -> root + "." + p + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + adapter + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because("adapters know the ports, never each other and never the engine")
        .allowEmptyShould(true);
  }

  static List<String> adapters() {
    return ADAPTERS;
  }

  static ArchRule noTechnologyAboveTheAdapters(String root) {
    String[] adapters = ADAPTERS.stream().map(a -> root + "." + a + "..").toArray(String[]::new);
    return noClasses()
        .that(resideInAnyPackage(root + "..").and(resideOutsideOfPackages(adapters)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TECHNOLOGIES)
        .because("only adapters know a technology");
  }

  static ArchRule noForeignTypesInPublicSignatures(String root) {
    return noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(resideInAnyPackage(root + "..").and(isPublic()))
        .should(mention("com.fasterxml.jackson"))
        .because("Jackson is an implementation detail; embedders must not see it");
  }

  static ArchRule noHiddenTime(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("time comes from an injected Clock, and nobody sleeps");
  }

  static ArchRule noExitNoConsole(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("the core is embedded: it neither ends the process nor writes to its console");
  }

  static ArchRule noEmptyNames(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Data)")
        .because("such a name says nothing; name the thing");
  }

  static ArchRule noStaticState(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .areStatic()
        .should()
        .beFinal()
        .because("several engines live in one JVM");
  }

  private static DescribedPredicate<JavaClass> isPublic() {
    return DescribedPredicate.describe(
        "are public", c -> c.getModifiers().contains(JavaModifier.PUBLIC));
  }

  private static ArchCondition<JavaMethod> mention(String packagePrefix) {
    return new ArchCondition<>("mention " + packagePrefix) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean mentions =
            Stream.concat(
                    Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                .anyMatch(type -> type.getPackageName().startsWith(packagePrefix));
        if (mentions) {
          events.add(
              SimpleConditionEvent.satisfied(
                  method, method.getFullName() + " mentions " + packagePrefix));
        }
      }
    };
  }
}
