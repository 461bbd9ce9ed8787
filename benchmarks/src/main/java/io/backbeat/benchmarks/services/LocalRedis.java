package io.backbeat.benchmarks.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** One Redis server, a process of its own: the installed one, or else the one of a Maven jar. */
final class LocalRedis {
  private LocalRedis() {}

  static LocalService start(Path directory, int port) {
    Optional<Path> installed = InstalledProgram.find("redis-server");
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("dir \"" + directory + "\"")
              .setting("save \"\"")
              .setting("appendonly yes");
      installed.ifPresent(path -> builder.executableProvider(path::toFile));
      RedisServer server = builder.build();
      server.start();
      return new LocalService(
          "Redis, " + installed.map(Path::toString).orElse("of the jar embedded-redis"),
          "127.0.0.1:" + port,
          () -> stop(server));
    } catch (IOException e) {
      throw new IllegalStateException("Redis cannot be started on port " + port, e);
    }
  }

  private static void stop(RedisServer server) {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
