package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReadRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are refused, break, or stand still. */
@Timeout(60)
class FaultTest {
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "k", "v");
  private static final Backend AWS = new Backend(LocationName.of("aws"), "aws_s3");
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long LARGE = 64L << 20;
  private static final String BODY = "{\"Body\":\"x\"}";
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private RawServer raw(RawServer.Script script) {
    RawServer server = new RawServer(script);
    open.add(server);
    return server;
  }

  private CloudServerClient client(Duration answer, Duration idle, HostAddress... hosts) {
    CloudServerClient client =
        CloudServerClient.open(
            CloudServerOptions.of(
                    List.of(hosts), CredentialsProvider.of(Credentials.of("AK", "SK")))
                .withTimeouts(new CloudServerOptions.Timeouts(LONG, answer, idle, answer)));
    open.add(client);
    return client;
  }

  private CloudServerClient client(HostAddress... hosts) {
    return client(LONG, LONG, hosts);
  }

  private static HostAddress refusing() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new HostAddress("127.0.0.1", socket.getLocalPort());
    }
  }

  private static CloudServerException failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(CloudServerException.class);
    return (CloudServerException) thrown;
  }

  private static Payload zeros(long length, AtomicInteger opened) {
    return Payloads.of(
        length,
        () -> {
          opened.incrementAndGet();
          return new InputStream() {
            private long left = length;

            @Override
            public int read() {
              return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int count) {
              int given = (int) Math.min(count, left);
              left -= given;
              return given == 0 ? -1 : given;
            }
          };
        });
  }

  private static Payload zeros(long length) {
    return zeros(length, new AtomicInteger());
  }

  @Test
  void a_server_that_is_not_there_is_unavailable() throws IOException {
    CloudServerException error = failure(() -> client(refusing()).metadata(OBJECT));
    assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(error.httpStatus()).isZero();
    assertThat(error).hasMessageContaining("no connection");
  }

  @Test
  void another_host_answers_for_one_that_is_not_there_and_is_asked_first_from_then_on()
      throws IOException {
    try (TinyServer up = new TinyServer(exchange -> TinyServer.answer(exchange, 200, BODY))) {
      CloudServerClient client = client(refusing(), up.address(), refusing());
      for (int i = 0; i < 6; i++) {
        assertThat(client.metadata(OBJECT)).contains("x");
        client.putMetadata(OBJECT, "{}", true);
      }
      assertThat(up.asked()).hasSize(12);
    }
  }

  @Test
  void hosts_are_asked_in_turn() throws IOException {
    try (TinyServer one = new TinyServer(exchange -> TinyServer.answer(exchange, 200, BODY));
        TinyServer two = new TinyServer(exchange -> TinyServer.answer(exchange, 200, BODY))) {
      CloudServerClient client = client(one.address(), two.address());
      for (int i = 0; i < 6; i++) {
        client.metadata(OBJECT);
      }
      assertThat(one.asked()).hasSize(3);
      assertThat(two.asked()).hasSize(3);
    }
  }

  @Test
  void a_read_is_repeated_when_the_connection_breaks() throws CloudServerException {
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              if (number == 1) {
                RawServer.reset(connection);
              } else {
                RawServer.write(connection, OK);
                RawServer.head(connection);
              }
            });
    assertThat(client(server.address()).metadata(OBJECT)).contains("x");
  }

  @Test
  void a_write_that_may_have_arrived_is_not_repeated() {
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              connection.getInputStream().readNBytes(2);
            });
    CloudServerException error =
        failure(() -> client(server.address()).putMetadata(OBJECT, "{}", true));
    assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(server.connections()).isOne();
  }

  @Test
  void repetitions_end() {
    RawServer server = raw((connection, number) -> RawServer.head(connection));
    CloudServerException error = failure(() -> client(server.address()).metadata(OBJECT));
    assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(server.connections()).isBetween(2, 6);
  }

  @Test
  void a_connection_that_was_closed_in_the_meantime_is_not_noticed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              RawServer.write(connection, OK);
              connection.close();
              closed.countDown();
            });
    CloudServerClient client = client(server.address());
    assertThat(client.metadata(OBJECT)).contains("x");
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.metadata(OBJECT)).contains("x");
  }

  @Test
  void a_body_that_breaks_off_is_a_failure_of_this_object() throws IOException {
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc");
            });
    try (ObjectBody body = client(server.address()).read(OBJECT, ReadRange.WHOLE, "")) {
      CloudServerException error = failure(() -> body.stream().readAllBytes());
      assertThat(error.kind()).isEqualTo(Kind.FAILED);
      assertThat(error).hasMessageContaining("broke off");
    }
  }

  @Test
  void a_body_that_stands_still_is_given_up() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    open.add(over::countDown);
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc");
              RawServer.head(connection);
            });
    try (ObjectBody body =
        client(LONG, SHORT, server.address()).read(OBJECT, ReadRange.WHOLE, "")) {
      CloudServerException error = failure(() -> body.stream().readAllBytes());
      assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(error.code()).isEqualTo("TimeoutError");
    }
  }

  @Test
  void a_server_that_does_not_answer_is_given_up() {
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              RawServer.head(connection);
            });
    CloudServerException error =
        failure(() -> client(SHORT, LONG, server.address()).metadata(OBJECT));
    assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(error.code()).isEqualTo("TimeoutError");
    assertThat(server.connections()).isOne();
  }

  @Test
  void a_server_that_stops_reading_is_given_up() {
    CountDownLatch over = new CountDownLatch(1);
    open.add(over::countDown);
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              await(over);
            });
    CloudServerClient client =
        CloudServerClient.open(
            CloudServerOptions.of(
                    List.of(server.address()), CredentialsProvider.of(Credentials.of("AK", "SK")))
                .withTimeouts(new CloudServerOptions.Timeouts(SHORT, LONG, SHORT, LONG)));
    open.add(client);
    CloudServerException error = failure(() -> client.putPart("b", "k", AWS, "u", 1, zeros(LARGE)));
    assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(error.code()).isEqualTo("TimeoutError");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_body_that_the_server_resets_is_opened_again_a_few_times_and_then_a_failure() {
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              connection.getInputStream().readNBytes(1000);
              RawServer.reset(connection);
            });
    AtomicInteger opened = new AtomicInteger();
    CloudServerException error =
        failure(
            () -> client(server.address()).putData("b", "k", "md5", "owner", zeros(LARGE, opened)));
    assertThat(error.kind()).isEqualTo(Kind.FAILED);
    assertThat(opened.get()).isBetween(2, 3);
  }

  @Test
  void a_body_that_got_lost_on_the_way_is_sent_again_from_its_first_byte()
      throws CloudServerException {
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              if (number == 1) {
                connection.getInputStream().readNBytes(1000);
                RawServer.reset(connection);
              } else {
                connection.getInputStream().skipNBytes(LARGE);
                RawServer.write(
                    connection, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"ETag\":\"e\"}");
                RawServer.head(connection);
              }
            });
    AtomicInteger opened = new AtomicInteger();
    assertThat(client(server.address()).putPart("b", "k", AWS, "u", 1, zeros(LARGE, opened)).etag())
        .isEqualTo("e");
    assertThat(opened).hasValue(2);
  }

  @Test
  void the_error_of_a_source_comes_out_as_it_is() {
    try (TinyServer server = new TinyServer(exchange -> TinyServer.answer(exchange, 200, "{}"))) {
      CloudServerException gone =
          new CloudServerException(Kind.INVALID_STATE, "Changed", 0, "changed", null, null);
      Payload breaking =
          Payloads.of(
              1000,
              () ->
                  new InputStream() {
                    private int given;

                    @Override
                    public int read() throws IOException {
                      if (given++ < 10) {
                        return 1;
                      }
                      throw gone;
                    }
                  });
      CloudServerClient client = client(server.address());
      assertThatThrownBy(() -> client.putData("b", "k", "m", "o", breaking)).isSameAs(gone);
      Payload closed =
          Payloads.of(
              1000,
              () -> {
                throw gone;
              });
      assertThatThrownBy(() -> client.putData("b", "k", "m", "o", closed)).isSameAs(gone);
    }
  }

  @Test
  void a_source_that_is_too_short_is_a_failure_and_not_an_object() {
    try (TinyServer server = new TinyServer(exchange -> TinyServer.answer(exchange, 200, "{}"))) {
      Payload tooShort = Payloads.of(10, () -> zeros(5).open());
      CloudServerException error =
          failure(() -> client(server.address()).putData("b", "k", "m", "o", tooShort));
      assertThat(error.kind()).isEqualTo(Kind.FAILED);
      assertThat(error).hasMessageContaining("5 bytes too early");
    }
  }

  @Test
  void an_answer_before_the_end_of_the_body_is_heard() {
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              RawServer.write(
                  connection,
                  "HTTP/1.1 403 Forbidden\r\nContent-Length: 23\r\n\r\n{\"code\":\"AccessDenied\"}");
              byte[] buffer = new byte[1 << 16];
              while (connection.getInputStream().read(buffer) >= 0) {
                Arrays.fill(buffer, (byte) 0);
              }
            });
    CloudServerException error =
        failure(() -> client(server.address()).putData("b", "k", "m", "o", zeros(LARGE)));
    assertThat(error.kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  @Test
  void an_interrupted_thread_ends_its_request() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    RawServer server =
        raw(
            (connection, number) -> {
              RawServer.head(connection);
              asked.countDown();
              try {
                RawServer.head(connection);
              } finally {
                left.countDown();
              }
            });
    CloudServerClient client = client(server.address());
    interrupted(asked, () -> client.metadata(OBJECT));
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void an_interrupted_thread_ends_the_body_it_sends_and_the_one_it_reads() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    open.add(over::countDown);
    RawServer silent =
        raw(
            (connection, number) -> {
              if (RawServer.head(connection).startsWith("PUT")) {
                asked.countDown();
                await(over);
              } else {
                RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                asked.countDown();
                await(over);
              }
            });
    CloudServerClient client = client(silent.address());
    interrupted(asked, () -> client.putData("b", "k", "m", "o", zeros(LARGE)));
    try (ObjectBody body = client.read(OBJECT, ReadRange.WHOLE, "")) {
      interrupted(asked, () -> body.stream().readAllBytes());
    }
  }

  private static void interrupted(CountDownLatch asked, ThrowingCallable call) throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              Throwable error = catchThrowable(call);
              flag.complete(Thread.interrupted());
              thrown.complete(error);
            });
    thread.start();
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThat(thrown.get(20, TimeUnit.SECONDS))
        .isInstanceOf(CloudServerException.class)
        .hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(flag.get()).isTrue();
    thread.join();
  }
}
