package io.backbeat.examples.cloudserver;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.backends.CloudTransfers;
import io.backbeat.cloudserver.backends.MultipleBackendHandler;
import io.backbeat.cloudserver.backends.TransferOptions;
import io.backbeat.cloudserver.gc.CloudServerGarbageCollector;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.job.JobEvent;
import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.KafkaOptions;
import io.backbeat.mongodb.MongoOptions;
import io.backbeat.mongodb.MongoStore;
import io.backbeat.redis.RedisAddress;
import io.backbeat.redis.RedisEndpoint;
import io.backbeat.redis.RedisOptions;
import io.backbeat.redis.RedisStore;
import io.backbeat.zookeeper.ZooKeeperOptions;
import io.backbeat.zookeeper.ZooKeeperStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Replicates the objects of a CloudServer to two clouds behind it: the whole of Backbeat in one
 * process, on Kafka, MongoDB, Redis and ZooKeeper. Several such processes share the work.
 *
 * <pre>ClusterPipeline KAFKA ZOOKEEPER REDIS MONGODB CLOUDSERVER ACCESS_KEY SECRET_KEY</pre>
 *
 * <p>Services are {@code host:port}, ZooKeeper's with a node behind it ({@code zk:2181/backbeat}),
 * MongoDB's a connection string. The keys are those of an account that may replicate. Put objects
 * into a bucket whose replication rule names the sites {@code aws} and {@code azure}; Enter ends
 * the program. {@code ./backbeat services} starts services to try it on.
 */
public final class ClusterPipeline {
  private static final LocationName AWS = LocationName.of("aws");
  private static final LocationName AZURE = LocationName.of("azure");

  private ClusterPipeline() {}

  /** Runs until a line is entered. */
  public static void main(String[] args) throws IOException {
    if (args.length != 7) {
      System.err.println(
          "usage: ClusterPipeline KAFKA ZOOKEEPER REDIS MONGODB CLOUDSERVER ACCESS_KEY SECRET_KEY");
      return;
    }
    // begin: services
    Clock clock = Clock.systemUTC();
    KafkaOptions kafkaOptions =
        KafkaOptions.of(args[0])
            .withTopicCreation(
                new KafkaOptions.TopicCreation(4, 1, 1)); // one broker; else 12, 3, 2
    CloudServerOptions cloudServerOptions =
        CloudServerOptions.of(
            List.of(HostAddress.parse(args[4])),
            CredentialsProvider.of(Credentials.of(args[5], args[6])));
    Map<LocationName, Backend> clouds =
        Map.of(AWS, new Backend(AWS, "aws_s3"), AZURE, new Backend(AZURE, "azure"));
    ExecutorService parts = Executors.newCachedThreadPool();
    try (KafkaConnection kafka = KafkaConnection.open(kafkaOptions, clock);
        MongoStore mongo = MongoStore.open(MongoOptions.of(args[3]), clock);
        RedisStore redis = RedisStore.open(redisOptions(args[2]), clock);
        ZooKeeperStore zookeeper =
            ZooKeeperStore.open(ZooKeeperOptions.of(args[1]).withAutoCreateNamespace(true), clock);
        CloudServerClient cloudServer = CloudServerClient.open(cloudServerOptions);
        ServiceStores stores = new ServiceStores(kafka, mongo, redis, zookeeper, cloudServer);
        BackbeatEngine engine =
            BackbeatEngine.builder(stores)
                .locations(clouds.keySet())
                .replication(
                    new MultipleBackendHandler(
                        role -> cloudServer,
                        clouds,
                        new CloudTransfers(mongo.uploads(), TransferOptions.DEFAULT, parts, clock),
                        clock))
                .garbageCollection(CloudServerGarbageCollector.on(cloudServer))
                .listener(ClusterPipeline::tell)
                .build()) {
      engine.start();
      System.out.println("Replicating; Enter ends it.");
      System.in.read();
    } finally {
      parts.shutdown();
    }
    // end: services
  }

  private static RedisOptions redisOptions(String address) {
    HostAddress at = HostAddress.parse(address);
    return RedisOptions.of(new RedisEndpoint.Single(new RedisAddress(at.host(), at.port())));
  }

  private static void tell(JobEvent event) {
    if (event instanceof JobEvent.Completed done) {
      System.out.println(done.job().object() + " is at " + done.job().location());
    } else if (event instanceof JobEvent.Failed failed) {
      System.out.println(failed.job().object() + " failed: " + failed.message());
    }
  }
}
