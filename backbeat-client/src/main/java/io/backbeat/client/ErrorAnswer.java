package io.backbeat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.ErrorCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error in an answer: the three-key form of this project, the one-key form of the original, the
 * JSON or XML of CloudServer in front of it, or, where somebody else answered, what the status
 * says.
 *
 * @param code what it is here
 * @param description what happened
 * @param recognised whether the body had one of the known forms
 */
record ErrorAnswer(ErrorCode code, String description, boolean recognised) {
  private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]{1,200})</Code>");
  private static final Pattern XML_MESSAGE = Pattern.compile("<Message>([^<]{0,2000})</Message>");

  static ErrorAnswer of(int status, byte[] body) {
    return Json.parse(body)
        .flatMap(json -> inJson(json, status))
        .or(() -> inXml(new String(body, UTF_8), status))
        .orElseGet(() -> new ErrorAnswer(ofStatus(status), Excerpt.of(body), false));
  }

  /** The error in a body, as the original also sends it with status 200. */
  static Optional<ErrorAnswer> named(JsonNode body) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> body.path(code.wireName()).isBoolean())
        .findFirst()
        .map(code -> new ErrorAnswer(code, body.path("description").asText(""), true));
  }

  private static Optional<ErrorAnswer> inJson(JsonNode body, int status) {
    return named(body)
        .or(
            () ->
                Optional.of(body.path("code"))
                    .filter(JsonNode::isTextual)
                    .map(
                        code ->
                            foreign(code.textValue(), body.path("message").asText(""), status)));
  }

  private static Optional<ErrorAnswer> inXml(String body, int status) {
    Matcher code = XML_CODE.matcher(body);
    Matcher message = XML_MESSAGE.matcher(body);
    return code.find()
        ? Optional.of(foreign(code.group(1), message.find() ? message.group(1) : "", status))
        : Optional.empty();
  }

  private static ErrorAnswer foreign(String name, String message, int status) {
    ErrorCode code = ErrorCode.ofWireName(name).orElseGet(() -> ofStatus(status));
    return code.wireName().equals(name)
        ? new ErrorAnswer(code, message, true)
        : new ErrorAnswer(code, name + ": " + message, true);
  }

  private static ErrorCode ofStatus(int status) {
    return switch (status) {
      case 400 -> ErrorCode.MALFORMED_REQUEST;
      case 401, 403 -> ErrorCode.ACCESS_DENIED;
      case 404 -> ErrorCode.ROUTE_NOT_FOUND;
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
      case 409 -> ErrorCode.CONFLICT;
      case 413 -> ErrorCode.REQUEST_TOO_LARGE;
      case 429, 503 -> ErrorCode.NOT_RUNNING;
      default -> ErrorCode.INTERNAL_ERROR;
    };
  }
}
