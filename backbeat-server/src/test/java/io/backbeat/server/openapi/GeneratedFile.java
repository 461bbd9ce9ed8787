package io.backbeat.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that a test makes anew. With {@code -Dbackbeat.openapi.update=true} it is
 * written, without it a difference is an error.
 *
 * @param path relative to this module
 */
record GeneratedFile(Path path) {
  private static final String UPDATE = "backbeat.openapi.update";

  static final GeneratedFile OPENAPI =
      new GeneratedFile(Path.of("src/main/resources/io/backbeat/server/http/openapi.json"));
  static final GeneratedFile REST = new GeneratedFile(Path.of("../docs/reference/rest.md"));
  static final GeneratedFile ERRORS = new GeneratedFile(Path.of("../docs/reference/errors.md"));

  String read() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares with what was made, or keeps it. */
  void mustBe(String made) {
    if (Boolean.getBoolean(UPDATE)) {
      try {
        Files.writeString(path, made);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(read())
        .as(
            "%s is not what its sources make; look at the difference, then run"
                + " mvn -pl backbeat-server -am test -Dtest='OpenApi*Test,ReferencePagesTest'"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            path.getFileName(), UPDATE)
        .isEqualTo(made);
  }
}
