package io.backbeat.server.golden;

import io.backbeat.testing.RedisService;
import io.backbeat.testing.ZooKeeperService;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A Redis and a ZooKeeper of one's own, to be emptied, stopped and started.
 *
 * @param recordedRedis writes into the one
 * @param recordedZooKeeper writes into the other
 */
record RealServices(
    RedisService redis,
    ZooKeeperService zookeeper,
    RecordedRedis recordedRedis,
    RecordedZooKeeper recordedZooKeeper)
    implements AutoCloseable {
  static RealServices start() {
    RedisService redis = RedisService.start();
    ZooKeeperService zookeeper = ZooKeeperService.start();
    return new RealServices(
        redis, zookeeper, new RecordedRedis(redis), new RecordedZooKeeper(zookeeper));
  }

  @Override
  public void close() {
    recordedZooKeeper.close();
    redis.close();
    try {
      zookeeper.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
