package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls in the name of someone, and their answers read.
 *
 * @param credentials whose calls they are
 */
record Requests(Transport transport, CredentialsProvider credentials) {
  Answer send(Call call) throws CloudServerException {
    return transport.send(call, credentials);
  }

  /** What the answer says, as a pure function reads it. */
  <T> T ask(Call call, Function<byte[], T> reading) throws CloudServerException {
    return read(call, send(call), answer -> reading.apply(answer.bytes()));
  }

  <T> T read(Call call, Answer answer, Function<Answer, T> reading) throws CloudServerException {
    try {
      return reading.apply(answer);
    } catch (IllegalArgumentException e) {
      throw Errors.unreadable(call.toString(), e);
    }
  }

  /** The same, where what is not there is no error. */
  <T> Optional<T> find(Call call, Function<byte[], T> reading) throws CloudServerException {
    try {
      return Optional.of(ask(call, reading));
    } catch (CloudServerException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** For removals: what is not there need not be removed. */
  void remove(Call call) throws CloudServerException {
    find(call, body -> body);
  }
}
