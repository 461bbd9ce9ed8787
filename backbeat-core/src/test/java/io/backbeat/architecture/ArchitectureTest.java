package io.backbeat.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The core keeps its borders, and each border is proved by a fixture that crosses it. */
class ArchitectureTest {
  private static final String ROOT = "io.backbeat";
  private static final String FIXTURE = "io.backbeat.architecture.fixture";

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);
  private static final JavaClasses CROSSINGS = new ClassFileImporter().importPackages(FIXTURE);

  private static Stream<Function<String, ArchRule>> rules() {
    Stream<Function<String, ArchRule>> layers =
        Borders.layeredPackages().stream().map(p -> root -> Borders.lowerRowsOnly(root, p));
    Stream<Function<String, ArchRule>> adapters =
        Borders.adapters().stream().map(a -> root -> Borders.adaptersKnowOnlyPorts(root, a));
    return Stream.of(
            layers,
            adapters,
            Stream.<Function<String, ArchRule>>of(
                Borders::noTechnologyAboveTheAdapters,
                Borders::noForeignTypesInPublicSignatures,
                Borders::noHiddenTime,
                Borders::noExitNoConsole,
                Borders::noEmptyNames,
                Borders::noStaticState))
        .flatMap(Function.identity());
  }

  @TestFactory
  Stream<DynamicTest> the_core_keeps_its_borders() {
    return rules()
        .map(rule -> rule.apply(ROOT))
        .map(r -> DynamicTest.dynamicTest(r.getDescription(), () -> r.check(CORE)));
  }

  @TestFactory
  Stream<DynamicTest> each_border_is_noticed_when_it_is_crossed() {
    List<ArchRule> crossed =
        List.of(
            Borders.lowerRowsOnly(FIXTURE, "job"),
            Borders.adaptersKnowOnlyPorts(FIXTURE, "memory"),
            Borders.noTechnologyAboveTheAdapters(FIXTURE),
            Borders.noForeignTypesInPublicSignatures(FIXTURE),
            Borders.noHiddenTime(FIXTURE),
            Borders.noExitNoConsole(FIXTURE),
            Borders.noEmptyNames(FIXTURE),
            Borders.noStaticState(FIXTURE));
    return crossed.stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getDescription(),
                    () ->
                        assertThatThrownBy(() -> rule.check(CROSSINGS))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining(FIXTURE)));
  }

  @Test
  void the_core_was_really_looked_at() {
    assertThat(CORE.contain("io.backbeat.job.Job")).isTrue();
    assertThat(CORE.contain("io.backbeat.processor.QueueProcessor")).isTrue();
  }
}
