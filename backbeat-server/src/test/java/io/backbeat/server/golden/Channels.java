package io.backbeat.server.golden;

import io.backbeat.testing.RedisService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;

/** Hears everything that is published on a Redis. */
final class Channels implements AutoCloseable {
  private static final GoldenRecord.Message SUBSCRIBED = new GoldenRecord.Message("", "subscribed");
  private static final GoldenRecord.Message END = new GoldenRecord.Message("end", "of what came");

  private final RedisClient client;
  private final BlockingQueue<GoldenRecord.Message> heard = new LinkedBlockingQueue<>();
  private final JedisPubSub listener =
      new JedisPubSub() {
        @Override
        public void onPSubscribe(String pattern, int channels) {
          heard.add(SUBSCRIBED);
        }

        @Override
        public void onPMessage(String pattern, String channel, String text) {
          heard.add(new GoldenRecord.Message(channel, text));
        }
      };
  private final Thread thread;

  /** Hears what is published from now on, until the server stops. */
  Channels(RedisService service) {
    this.client = service.client();
    this.thread = new Thread(this::listen, "golden-channels");
    thread.setDaemon(true);
    thread.start();
    until(SUBSCRIBED);
  }

  private void listen() {
    try {
      client.psubscribe(listener, "*");
    } catch (RuntimeException stopped) {
      // the server was stopped, or this was closed
    }
  }

  /** The messages since the last call, in order. */
  List<GoldenRecord.Message> heard() {
    client.publish(END.channel(), END.text());
    return until(END);
  }

  private List<GoldenRecord.Message> until(GoldenRecord.Message last) {
    try {
      List<GoldenRecord.Message> messages = new ArrayList<>();
      while (true) {
        GoldenRecord.Message next = heard.poll(10, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("no message " + last + " came, but " + messages);
        }
        if (next.equals(last)) {
          return messages;
        }
        messages.add(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for messages", e);
    }
  }

  @Override
  public void close() {
    if (listener.isSubscribed()) {
      listener.punsubscribe();
    }
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
