package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * Errors of requests that never became requests, so that no JAX-RS runtime can answer them: what is
 * not HTTP, is too large or comes too slowly.
 *
 * @param form what a body holds
 * @param allowList who is told what is wrong; others are told only that they may not ask
 * @param log where each leaves a line
 */
record RawErrors(ErrorForm form, AllowList allowList, AccessLog log) {
  /** Writes the whole answer; what becomes of the connection is for the caller to decide. */
  void write(Connection<?> connection, ErrorCode code, String description) {
    String peer = Peer.of(connection);
    RequestError error =
        allowList.allows(peer) ? RequestError.of(code, description) : RequestError.accessDenied();
    String id = RequestId.next();
    byte[] body = Json.write(form.body(error.code(), String.valueOf(error.getMessage())));
    log.rejected(error.code().httpStatus(), body.length, peer, id);
    MemoryManager<?> memory = connection.getMemoryManager();
    Buffer head =
        Buffers.wrap(
            memory, head(error.code(), body.length, id).getBytes(StandardCharsets.US_ASCII));
    connection.write(
        Buffers.appendBuffers(memory, head, Buffers.wrap(memory, body)),
        Lingering.whenWritten(connection));
  }

  private static String head(ErrorCode code, int length, String id) {
    return String.join(
        "\r\n",
        "HTTP/1.1 "
            + code.httpStatus()
            + " "
            + HttpStatus.getHttpStatus(code.httpStatus()).getReasonPhrase(),
        // Only 405 needs it; it is true of every route, and allowed in every answer.
        "Allow: " + String.join(", ", EntryFilter.METHODS),
        "Date: " + FastHttpDateFormat.getCurrentDate(),
        "Content-Type: application/json",
        "Content-Length: " + length,
        RequestId.ANSWER_HEADER + ": " + id,
        "Connection: close",
        "",
        "");
  }
}
