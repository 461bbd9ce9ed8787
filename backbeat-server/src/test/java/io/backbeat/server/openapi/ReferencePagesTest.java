package io.backbeat.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference pages say what the description and the code say. */
class ReferencePagesTest {
  @Test
  void page_of_the_routes_is_the_one_of_the_description() {
    String page = GeneratedFile.REST.read();

    GeneratedFile.REST.mustBe(Markdown.withMade(page, RestPage.print(OpenApiDocument.generate())));
  }

  @Test
  void page_of_the_errors_is_the_one_of_the_code() {
    String page = GeneratedFile.ERRORS.read();

    GeneratedFile.ERRORS.mustBe(Markdown.withMade(page, ErrorsPage.print()));
  }

  @Test
  void every_error_code_has_a_text_and_every_text_a_code() {
    List<String> texts = new ArrayList<>();
    Yaml.errors().fieldNames().forEachRemaining(texts::add);

    assertThat(texts)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ErrorCode.values()).map(Enum::name).toList());
  }
}
