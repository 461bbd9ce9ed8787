package io.backbeat.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ObservedState;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed description is what the resources make, and a valid one. */
class OpenApiDocumentTest {
  private final ObjectNode document = OpenApiDocument.generate();

  @Test
  void committed_description_is_the_one_of_the_resources() {
    GeneratedFile.OPENAPI.mustBe(OpenApiDocument.print(document));
  }

  @Test
  void parser_of_openapi_finds_nothing_wrong() {
    SwaggerParseResult result =
        new OpenAPIV3Parser()
            .readContents(OpenApiDocument.print(document), List.of(), new ParseOptions());

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(result.getOpenAPI().getPaths()).hasSameSizeAs(document.path("paths"));
  }

  @Test
  void every_schema_is_one_of_draft_2020_12() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    var metaSchema =
        registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    for (Map.Entry<String, JsonNode> schema :
        Yaml.fields(document.path("components").path("schemas"))) {
      assertThat(metaSchema.validate(schema.getValue())).as(schema.getKey()).isEmpty();
    }
  }

  @Test
  void every_reference_leads_somewhere_and_every_component_is_referred_to() {
    Set<String> references = new TreeSet<>();
    collect(document, references);
    Set<String> components = new TreeSet<>();
    for (Map.Entry<String, JsonNode> kind : Yaml.fields(document.path("components"))) {
      kind.getValue()
          .fieldNames()
          .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + '/' + name));
    }
    // Errors of what is no described request.
    Stream.of("MethodNotAllowed", "BadRequest", "RequestTimeout", "RequestHeaderFieldsTooLarge")
        .forEach(name -> components.remove("#/components/schemas/" + name));

    Set<String> dangling = new TreeSet<>(references);
    dangling.removeAll(components);
    components.removeAll(references);
    assertThat(dangling).as("lead nowhere").isEmpty();
    assertThat(components).as("never referred to").isEmpty();
  }

  @Test
  void operation_ids_are_unique() {
    List<String> ids = document.path("paths").findValuesAsText("operationId");

    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void words_of_the_schemas_are_those_of_the_code() {
    assertThat(words("HealthState")).isEqualTo(names(ComponentHealth.State.values()));
    assertThat(words("OverallStatus")).isEqualTo(names(OverallStatus.values()));
    assertThat(words("SiteStatus")).isEqualTo(names(SiteStatus.values()));
    assertThat(words("TargetState")).isEqualTo(names(TargetState.values()));
    assertThat(words("ObservedState")).isEqualTo(names(ObservedState.values()));
  }

  private List<String> words(String schema) {
    return Yaml.elements(document.path("components").path("schemas").path(schema).path("enum"))
        .stream()
        .map(JsonNode::asText)
        .toList();
  }

  private static List<String> names(Enum<?>[] constants) {
    return Stream.of(constants).map(Enum::name).toList();
  }

  private static void collect(JsonNode node, Set<String> references) {
    if (node.path("$ref").isTextual()) {
      references.add(node.path("$ref").textValue());
    }
    new ArrayList<>(Yaml.elements(node)).forEach(child -> collect(child, references));
    node.properties().forEach(field -> collect(field.getValue(), references));
  }
}
