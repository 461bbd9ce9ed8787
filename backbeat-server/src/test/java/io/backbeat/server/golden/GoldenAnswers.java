package io.backbeat.server.golden;

import java.util.List;

/** The JSON answers that were recorded from the original, for whoever describes them. */
public final class GoldenAnswers {
  private static final String JSON = "application/json";

  private GoldenAnswers() {}

  /**
   * A recorded answer. Errors are in the one-key form, {@code {"RouteNotFound":true}}.
   *
   * @param id which record it is
   * @param method the verb of the request
   * @param target path and query of the request, as sent
   * @param status the status code
   * @param body JSON text
   */
  public record JsonAnswer(String id, String method, String target, int status, String body) {}

  /** All of them with a JSON body, in the order of recording; those to HEAD have none. */
  public static List<JsonAnswer> all() {
    return Recording.load().records().stream()
        .filter(record -> record.answers().size() == 1)
        .filter(record -> !record.method().equals("HEAD"))
        .filter(record -> record.answers().get(0).contentType().equals(JSON))
        .map(GoldenAnswers::answer)
        .toList();
  }

  private static JsonAnswer answer(GoldenRecord record) {
    Answer answer = record.answers().get(0);
    return new JsonAnswer(
        record.id(), record.method(), record.path(), answer.status(), answer.body());
  }
}
