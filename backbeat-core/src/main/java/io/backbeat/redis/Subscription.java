package io.backbeat.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/** One thread that listens to channels; it connects again by itself until it is closed. */
public final class Subscription implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Hears of messages. */
  interface Receiver {
    void subscribed();

    void message(String channel, String message);
  }

  private final RedisConnection redis;
  private final boolean patterns;
  private final List<String> channels;
  private final Receiver receiver;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "backbeat-redis-commands");
  private volatile Listening listening = new Listening();
  private volatile boolean subscribed;

  private Subscription(
      RedisConnection redis, boolean patterns, List<String> channels, Receiver receiver) {
    this.redis = redis;
    this.patterns = patterns;
    this.channels = channels;
    this.receiver = receiver;
  }

  static Subscription start(
      RedisConnection redis, boolean patterns, List<String> channels, Receiver receiver) {
    Subscription subscription = new Subscription(redis, patterns, channels, receiver);
    subscription.thread.setDaemon(true);
    subscription.thread.start();
    return subscription;
  }

  /** Whether messages are heard at the moment. */
  public boolean isSubscribed() {
    return subscribed;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    boolean told = false;
    while (!isClosed()) {
      try {
        listen();
      } catch (RuntimeException e) {
        if (!isClosed() && !told) {
          log.warn("no commands are heard on {}, will try again: {}", channels, e.toString());
        }
        told = true;
      }
      if (subscribed) {
        pause = FIRST_PAUSE;
        told = false;
      }
      subscribed = false;
      if (!pauseOrClosed(pause)) {
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private void listen() {
    Listening current = new Listening();
    listening = current;
    if (isClosed()) {
      return;
    }
    String[] names = channels.toArray(String[]::new);
    redis.tell(
        jedis -> {
          if (patterns) {
            jedis.psubscribe(current, names);
          } else {
            jedis.subscribe(current, names);
          }
          return true;
        });
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private boolean pauseOrClosed(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the thread, waiting at most five seconds for a listener that is busy. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    listening.end();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listening extends JedisPubSub {
    @Override
    public void onSubscribe(String channel, int count) {
      if (count == channels.size()) {
        ready();
      }
    }

    @Override
    public void onPSubscribe(String pattern, int count) {
      ready();
    }

    private void ready() {
      subscribed = true;
      guarded(receiver::subscribed);
      if (isClosed()) {
        end();
      }
    }

    @Override
    public void onMessage(String channel, String message) {
      guarded(() -> receiver.message(channel, message));
    }

    @Override
    public void onPMessage(String pattern, String channel, String message) {
      guarded(() -> receiver.message(channel, message));
    }

    private void guarded(Runnable listener) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        log.warn("a listener of location commands failed", e);
      }
    }

    private void end() {
      try {
        if (isSubscribed()) {
          if (patterns) {
            punsubscribe();
          } else {
            unsubscribe();
          }
        }
      } catch (JedisException notConnected) {
        log.debug("the subscription ended before it was closed: {}", notConnected.toString());
      }
    }
  }
}
