package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers what nobody foresaw. The stack trace goes to the log, the request id to both, so that one
 * leads to the other. A mapper of the host application for the same type goes first.
 */
@Priority(Priorities.USER + 1000)
final class UnexpectedErrorMapper implements ExceptionMapper<Throwable> {
  static final String DESCRIPTION = "We encountered an internal error. Please try again.";

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedErrorMapper.class);

  private final ErrorResponse answers;

  UnexpectedErrorMapper(ErrorResponse answers) {
    this.answers = answers;
  }

  @Override
  public Response toResponse(Throwable error) {
    String id = Optional.ofNullable(MDC.get(RequestIdFilter.MDC_KEY)).orElseGet(RequestId::next);
    LOG.error("unexpected error, request id {}", id, error);
    return answers.of(ErrorCode.INTERNAL_ERROR, DESCRIPTION + " Request id: " + id).build();
  }
}
