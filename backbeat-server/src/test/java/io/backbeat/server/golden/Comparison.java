package io.backbeat.server.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.ErrorCode;
import io.backbeat.server.http.ErrorForm;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer is the recorded one, apart from the documented form of errors. Pure. */
final class Comparison {
  private static final Pattern ONE_KEY = Pattern.compile("\\{\"([A-Za-z]+)\":true}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Comparison() {}

  /** What differs; empty when nothing does. */
  static Optional<String> difference(List<Answer> recorded, List<Answer> ours, ErrorForm form) {
    if (recorded.isEmpty()) {
      return Optional.of("the original did not answer; ours: " + ours);
    }
    if (ours.size() != recorded.size()) {
      return Optional.of("recorded " + recorded + "\n   ours " + ours);
    }
    for (int i = 0; i < ours.size(); i++) {
      if (!same(recorded.get(i), ours.get(i), form)) {
        return Optional.of("recorded " + recorded.get(i) + "\n   ours " + ours.get(i));
      }
    }
    return Optional.empty();
  }

  private static boolean same(Answer recorded, Answer ours, ErrorForm form) {
    return recorded.status() == ours.status()
        && recorded.contentType().equals(ours.contentType())
        && sameBody(recorded.body(), ours, form);
  }

  private static boolean sameBody(String recorded, Answer ours, ErrorForm form) {
    Matcher error = ONE_KEY.matcher(recorded);
    return error.matches() && form == ErrorForm.THREE_KEY
        ? errorName(ours).equals(Optional.of(error.group(1)))
        : recorded.equals(ours.body());
  }

  /**
   * The name of the error in a body {@code {"code":…,"description":"…","<name>":true}}, with
   * nothing else, in that order, and the code of the answer itself.
   */
  static Optional<String> errorName(Answer answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      String name =
          body.size() == 3
              ? body.properties().stream().skip(2).findFirst().orElseThrow().getKey()
              : "";
      String expected =
          JSON.createObjectNode()
              .put("code", answer.status())
              .put("description", body.path("description").asText())
              .put(name, true)
              .toString();
      boolean known =
          ErrorCode.ofWireName(name).map(c -> c.httpStatus() == answer.status()).orElse(false);
      return known && expected.equals(answer.body()) && !body.path("description").asText().isEmpty()
          ? Optional.of(name)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
