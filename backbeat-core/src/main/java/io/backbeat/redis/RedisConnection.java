package io.backbeat.redis;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.Pool;

/**
 * A pool of connections that is opened by the first command. Every failure becomes one kind of
 * error. Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
  private final RedisOptions options;
  private Optional<UnifiedJedis> client = Optional.empty();
  private boolean closed;

  RedisConnection(RedisOptions options) {
    this.options = options;
  }

  /** Whether keys are on several nodes, so that a script sees one of them only. */
  boolean isCluster() {
    return options.endpoint() instanceof RedisEndpoint.Cluster;
  }

  /** Asks for something, or does what may be done twice; tried again once on a new connection. */
  <T> T ask(Function<UnifiedJedis, T> question) {
    try {
      return question.apply(client());
    } catch (JedisConnectionException e) {
      dropIdle();
      if (isTimeout(e)) {
        throw failed(e);
      }
    } catch (JedisException e) {
      throw failed(e);
    }
    return tell(question);
  }

  /** Does something that must not be done twice: never tried again. */
  <T> T tell(Function<UnifiedJedis, T> command) {
    try {
      return command.apply(client());
    } catch (JedisConnectionException e) {
      dropIdle();
      throw failed(e);
    } catch (JedisException e) {
      throw failed(e);
    }
  }

  /** Commands that are sent in one go; for {@link #ask} and {@link #tell}. */
  static <T> Function<UnifiedJedis, List<T>> pipelined(
      Function<AbstractPipeline, List<Response<T>>> commands) {
    return jedis -> {
      try (AbstractPipeline pipeline = jedis.pipelined()) {
        List<Response<T>> answers = commands.apply(pipeline);
        pipeline.sync();
        return answers.stream().map(Response::get).toList();
      }
    };
  }

  /** A script, sent by its digest as soon as the server knows it; for {@link #tell}. */
  static Function<UnifiedJedis, Object> script(
      Script script, List<String> keys, List<String> arguments) {
    return jedis -> {
      try {
        return jedis.evalsha(script.sha1(), keys, arguments);
      } catch (JedisNoScriptException unknown) {
        return jedis.eval(script.text(), keys, arguments);
      }
    };
  }

  private synchronized UnifiedJedis client() {
    if (closed) {
      throw new IllegalStateException("the Redis store is closed");
    }
    if (client.isEmpty()) {
      client = Optional.of(Clients.open(options));
    }
    return client.get();
  }

  /** After an outage every idle connection is stale; each would fail one command. */
  private synchronized void dropIdle() {
    UnifiedJedis current = client.orElse(null);
    if (current instanceof RedisClient single) {
      single.getPool().clear();
    } else if (current instanceof RedisSentinelClient sentinels) {
      sentinels.getPrimaryNodesConnectionMap().values().forEach(Pool::clear);
    }
  }

  private static boolean isTimeout(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** What a failure of any command means to the caller. */
  BackbeatException failed(Exception cause) {
    boolean unreachable = cause instanceof JedisConnectionException;
    return new BackbeatException(
        ErrorCode.INTERNAL_ERROR,
        "Redis at "
            + options.endpoint()
            + (unreachable ? " does not answer: " : " refused a command: ")
            + cause.getMessage(),
        cause);
  }

  @Override
  public synchronized void close() {
    closed = true;
    client.ifPresent(UnifiedJedis::close);
    client = Optional.empty();
  }
}
