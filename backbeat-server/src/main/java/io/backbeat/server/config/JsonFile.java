package io.backbeat.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a file with one JSON object; what is wrong with it becomes a problem. */
final class JsonFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /** The content; empty after a problem. */
  static Optional<ObjectNode> read(Path file, List<Problem> problems) {
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      if (node instanceof ObjectNode object) {
        return Optional.of(object);
      }
      problems.add(Problem.error("", file + " is no JSON object; give one in { }"));
    } catch (JsonProcessingException e) {
      problems.add(
          Problem.error(
              "",
              file
                  + " is no valid JSON, line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ": "
                  + e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (NoSuchFileException e) {
      problems.add(Problem.error("", file + " does not exist; give an existing file"));
    } catch (CharacterCodingException e) {
      problems.add(Problem.error("", file + " is not in UTF-8"));
    } catch (IOException e) {
      problems.add(Problem.error("", file + " cannot be read: " + e));
    }
    return Optional.empty();
  }
}
