package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ErrorCode;

/** What the body of an error holds. */
public enum ErrorForm {
  /**
   * {@code {"code":404,"description":"…","RouteNotFound":true}}: understood by clients of every
   * generation of the original. The default.
   */
  THREE_KEY,
  /** {@code {"RouteNotFound":true}}, as the latest generation of the original answers. */
  ONE_KEY;

  ObjectNode body(ErrorCode code, String description) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (this == THREE_KEY) {
      body.put("code", code.httpStatus()).put("description", description);
    }
    return body.put(code.wireName(), true);
  }
}
