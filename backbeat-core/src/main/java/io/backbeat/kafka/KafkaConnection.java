package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One process's connection with a Kafka cluster: its producer, its administration, and the maker of
 * its consumers. Thread-safe; consumers are not.
 *
 * <p>Connects with the first call that needs it, so Kafka may be away when it is opened; calls fail
 * until it is there, and a retry helps then.
 */
public final class KafkaConnection implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final KafkaOptions options;
  private final Topics topics;
  private final Object lock = new Object();
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Admin admin;
  private boolean closed;

  private KafkaConnection(KafkaOptions options, Clock clock) {
    this.options = options;
    this.topics = new Topics(this, clock);
  }

  /**
   * Prepares a connection. Does not connect yet.
   *
   * @param clock how old what is known about topics is
   * @throws IllegalStateException if the client library of Kafka is not on the class path; names
   *     what to add
   */
  public static KafkaConnection open(KafkaOptions options, Clock clock) {
    requireLibrary();
    return new KafkaConnection(options, clock);
  }

  /** What it was opened with. */
  public KafkaOptions options() {
    return options;
  }

  /** The full name of a topic: with the prefix. */
  public String topic(String name) {
    return options.topicPrefix() + name;
  }

  /**
   * Writes records. All are on all in-sync replicas when this returns. Topics that are missing are
   * made if the options say so. Records without a partition go where the original's producers put
   * them ({@link Crc32Partitioner}).
   *
   * @param records their topics with the prefix
   * @return where each is, in order
   * @throws BackbeatException INTERNAL_ERROR if Kafka does not answer: some, all or none are
   *     written, and a retry may write some twice; REQUEST_TOO_LARGE if one is too large, which a
   *     retry does not change
   */
  public List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
    records.stream().map(ProducerRecord::topic).distinct().forEach(topics::ensure);
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    @Nullable BackbeatException failure = null;
    for (ProducerRecord<byte[], byte[]> record : records) {
      try {
        Future<RecordMetadata> writing = producer().send(record);
        sent.add(writing);
        if (hasFailed(writing)) {
          break; // the producer may have waited for the topic, and would wait for each record
        }
      } catch (KafkaException | IllegalStateException e) {
        failure = writeFailed(record, e);
        break;
      }
    }
    List<RecordMetadata> written = new ArrayList<>(records.size());
    for (int i = 0; i < sent.size(); i++) {
      try {
        written.add(sent.get(i).get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw writeFailed(records.get(i), new InterruptException(e));
      } catch (Exception e) {
        failure = failure == null ? writeFailed(records.get(i), e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return written;
  }

  private static boolean hasFailed(Future<RecordMetadata> writing) {
    if (!writing.isDone()) {
      return false;
    }
    try {
      writing.get();
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private BackbeatException writeFailed(ProducerRecord<byte[], byte[]> record, Exception e) {
    topics.forget(record.topic());
    return KafkaErrors.of(options.bootstrapServers(), "writing to topic " + record.topic(), e);
  }

  /**
   * Where a topic is, as it was a few seconds ago at most.
   *
   * @param topic with the prefix
   * @return empty if there is no such topic
   * @throws BackbeatException INTERNAL_ERROR if Kafka does not answer; a retry may help
   */
  public Optional<TopicLayout> find(String topic) {
    return topics.find(topic);
  }

  /**
   * Where a topic is, after it was made if it was missing and the options say so.
   *
   * @param topic with the prefix
   * @throws BackbeatException INTERNAL_ERROR if Kafka does not answer, or the topic is missing and
   *     not to be made; names the topic and the setting
   */
  public TopicLayout ensure(String topic) {
    return topics.ensure(topic);
  }

  /**
   * A consumer of bytes for one thread, to be closed by the caller. It is in no group and resets no
   * offset unless the settings say so.
   *
   * @param settings on top of those of the options
   * @throws BackbeatException INTERNAL_ERROR if it cannot be made, for example because no server's
   *     name can be resolved; a retry may help
   */
  public Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    Map<String, Object> all = ClientSettings.consumer(options);
    all.putAll(settings);
    return make(
        "making a consumer",
        () -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * Asks the administration.
   *
   * @param what what is asked, for messages
   * @throws BackbeatException INTERNAL_ERROR if Kafka does not answer or says no; a retry may help
   */
  <T> T ask(String what, Function<Admin, KafkaFuture<T>> question) {
    try {
      return question.apply(admin()).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaErrors.of(options.bootstrapServers(), what, e);
    } catch (BackbeatException e) {
      throw e;
    } catch (Exception e) {
      throw KafkaErrors.of(options.bootstrapServers(), what, e);
    }
  }

  /** Gives up what is still being written after 5 s. Idempotent. */
  @Override
  public void close() {
    Producer<byte[], byte[]> openProducer;
    Admin openAdmin;
    synchronized (lock) {
      closed = true;
      openProducer = producer;
      openAdmin = admin;
      producer = null;
      admin = null;
    }
    if (openProducer != null) {
      openProducer.close(CLOSING);
    }
    if (openAdmin != null) {
      openAdmin.close(CLOSING);
    }
  }

  private Producer<byte[], byte[]> producer() {
    synchronized (lock) {
      requireOpen();
      if (producer == null) {
        Map<String, Object> settings = ClientSettings.producer(options);
        producer =
            make(
                "making the producer",
                () ->
                    new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer()));
      }
      return producer;
    }
  }

  private Admin admin() {
    synchronized (lock) {
      requireOpen();
      if (admin == null) {
        Map<String, Object> settings = new HashMap<>(ClientSettings.admin(options));
        admin = make("making the administration client", () -> Admin.create(settings));
      }
      return admin;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new BackbeatException(ErrorCode.NOT_RUNNING, "the connection with Kafka is closed");
    }
  }

  private <T> T make(String what, java.util.function.Supplier<T> maker) {
    try {
      return maker.get();
    } catch (KafkaException e) {
      Throwable cause = e.getCause();
      throw KafkaErrors.of(options.bootstrapServers(), what, cause == null ? e : cause);
    }
  }

  private static void requireLibrary() {
    try {
      Class.forName(
          "org.apache.kafka.clients.producer.KafkaProducer",
          false,
          KafkaOptions.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "queues on Kafka need org.apache.kafka:kafka-clients; add that artifact to the class path",
          e);
    }
  }
}
