package io.backbeat.benchmarks.services;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.backbeat.testing.MongoReplica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * A MongoDB replica set of one member: an installed {@code mongod} as a process of its own, or else
 * the stand-in of the tests in this process, which keeps everything in memory.
 */
final class LocalMongo {
  private static final String SET = "rs0";

  private LocalMongo() {}

  /** Empty, also if it was used in this process before. */
  static LocalService standIn() {
    for (String database : List.of("metadata", "backbeat")) {
      MongoReplica.shared().client().getDatabase(database).drop();
    }
    return new LocalService(
        "MongoDB, a test double; install mongod for the real one",
        MongoReplica.shared().uri(),
        () -> {});
  }

  static LocalService start(Path mongod, Path directory, int port) {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      mongod.toString(),
                      "--replSet",
                      SET,
                      "--dbpath",
                      directory.toString(),
                      "--bind_ip",
                      "127.0.0.1",
                      "--port",
                      Integer.toString(port)))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("mongod.log").toFile())
              .start();
      initiate(port);
      return new LocalService(
          "MongoDB, " + mongod,
          "mongodb://127.0.0.1:" + port + "/?replicaSet=" + SET,
          () -> stop(process));
    } catch (IOException e) {
      throw new IllegalStateException("MongoDB cannot be started on port " + port, e);
    }
  }

  /** The driver waits for the server; one that was a replica set before says so, which is fine. */
  private static void initiate(int port) {
    String member = "127.0.0.1:" + port;
    Document members =
        new Document("_id", SET)
            .append("members", List.of(new Document("_id", 0).append("host", member)));
    try (MongoClient client =
        MongoClients.create("mongodb://" + member + "/?directConnection=true")) {
      client.getDatabase("admin").runCommand(new Document("replSetInitiate", members));
    } catch (com.mongodb.MongoCommandException e) {
      if (!"AlreadyInitialized".equals(e.getErrorCodeName())) {
        throw e;
      }
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
