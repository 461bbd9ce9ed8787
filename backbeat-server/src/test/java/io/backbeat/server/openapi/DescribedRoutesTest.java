package io.backbeat.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What JAX-RS would route and what is described are the same, in both directions. */
class DescribedRoutesTest {
  private final List<ResourceMethod> methods = ResourceMethod.all();
  private final List<Described.Operation> operations = Described.committed().operations();

  @Test
  void every_described_route_has_a_resource_method() {
    assertThat(operations)
        .allSatisfy(o -> assertThat(methods).anyMatch(m -> m.matches(o.verb, filled(o))));
  }

  @Test
  void every_resource_method_is_described() {
    assertThat(methods)
        .allSatisfy(m -> assertThat(operations).anyMatch(o -> m.matches(o.verb, filled(o))));
  }

  @Test
  void every_route_is_listed_under_the_method_that_answers_it() {
    Set<String> listed = new TreeSet<>();
    Yaml.routes()
        .properties()
        .forEach(
            method ->
                method
                    .getValue()
                    .forEach(
                        route -> listed.add(method.getKey() + ' ' + route.path("path").asText())));
    Set<String> routed = new TreeSet<>();
    for (Described.Operation operation : operations) {
      methods.stream()
          .filter(m -> m.matches(operation.verb, filled(operation)))
          .forEach(m -> routed.add(m.operationId() + ' ' + operation.path));
    }

    assertThat(listed).isEqualTo(routed);
  }

  /** The path with the example of each parameter. */
  private static String filled(Described.Operation operation) {
    String path = "/_" + operation.path;
    for (JsonNode parameter : operation.parameters()) {
      path =
          path.replace(
              '{' + parameter.path("name").asText() + '}', parameter.path("example").asText());
    }
    return path;
  }
}
