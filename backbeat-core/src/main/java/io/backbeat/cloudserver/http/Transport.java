package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls: chooses the host, signs, and repeats for a moment what did not get through. Shared
 * by all whose requests go to the same servers. Thread-safe.
 */
final class Transport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
  private static final int MOST_SENDS = 3;
  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int UID_BITS = 80;

  private final boolean tls;
  private final Hosts hosts;
  private final Signer signer;
  private final Clock clock;
  private final Exchange exchange;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Transport(CloudServerOptions options, Signer signer, Exchange exchange) {
    tls = options.tls();
    hosts = new Hosts(options.hosts(), options.clock());
    this.signer = signer;
    clock = options.clock();
    this.exchange = exchange;
  }

  static Transport open(CloudServerOptions options) {
    return open(options, options.signature().signer(options.region()));
  }

  /** For servers that want no signature. */
  static Transport unsigned(CloudServerOptions options) {
    return open(options, (request, credentials, now) -> Map.of());
  }

  /**
   * Two clients: what is small is dealt with by the thread that waits for all connections, because
   * handing it on to another thread costs more than the work itself, half of the CPU of a request
   * for metadata. Large bodies are handed on, so that they use all cores.
   */
  private static Transport open(CloudServerOptions options, Signer signer) {
    HttpClient small = http(options).executor(Runnable::run).build();
    HttpClient large = http(options).build();
    return new Transport(options, signer, new Exchange(small, large, options.timeouts()));
  }

  private static HttpClient.Builder http(CloudServerOptions options) {
    HttpClient.Builder http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.timeouts().connect());
    options.trust().ifPresent(http::sslContext);
    return http;
  }

  /**
   * Sends a call.
   *
   * @return a good answer; if the call is streamed, it has to be closed
   */
  Answer send(Call call, CredentialsProvider signedBy) throws CloudServerException {
    List<HostAddress> order = hosts.inTurn();
    long start = System.nanoTime();
    boolean renewed = false;
    int sent = 0;
    while (true) {
      if (closed.getCount() == 0) {
        throw new IllegalStateException("this client is closed; " + call + " was not sent");
      }
      HostAddress host = order.get(sent % order.size());
      String name = call.method() + " " + (tls ? "https://" : "http://") + host + call.target();
      Credentials credentials = signedBy.credentials();
      try {
        Answer answer = exchange.send(name, signed(call, host, credentials), call);
        hosts.answered(host);
        if (answer.ok()) {
          return answer;
        }
        CloudServerException error = Errors.answered(name, answer, clock.instant());
        if (renewed || !ErrorKinds.expired(error.code(), credentials)) {
          throw error;
        }
        signedBy.expired(credentials);
        renewed = true;
      } catch (Disconnected broken) {
        hosts.silent(host);
        sent++;
        boolean untried = sent < order.size();
        boolean harmless = call.repeatable() || !broken.complete();
        boolean soon = sent < MOST_SENDS && System.nanoTime() - start < QUICK.toNanos();
        if (!harmless || !(untried || soon)) {
          throw broken.error();
        }
        LOG.debug("repeated after: {}", broken.error().getMessage());
        if (!untried) {
          pause(name, sent);
        }
      }
    }
  }

  private HttpRequest.Builder signed(Call call, HostAddress host, Credentials credentials)
      throws CloudServerException {
    Call stamped =
        call.header("User-Agent", "Backbeat").header("X-Scal-Request-Uids", requestUid());
    Unsigned unsigned =
        new Unsigned(
            call.method(), tls, host, call.path(), call.query(), stamped.headers(), call.body());
    URI uri = URI.create((tls ? "https://" : "http://") + host.authority() + call.target());
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    for (Map.Entry<String, String> header : stamped.headers().entrySet()) {
      if (!header.getValue().chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
        throw Errors.of(
            CloudServerException.Kind.REFUSED,
            "InvalidHeader",
            call + ": HTTP cannot carry the header " + header.getKey() + ", which is not ASCII",
            null);
      }
      request.header(header.getKey(), header.getValue());
    }
    signer.sign(unsigned, credentials, clock.instant()).forEach(request::setHeader);
    return request;
  }

  /** As servers of this family make them: 20 digits of hexadecimal. */
  private static String requestUid() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return String.format(
        "%016x%04x", random.nextLong(), random.nextInt(1 << (UID_BITS - Long.SIZE)));
  }

  /**
   * 100, 200, ... ms, and up to half more, so that many who lost one server do not come at once.
   */
  private void pause(String name, int sent) throws CloudServerException {
    long millis = FIRST_PAUSE_MILLIS << (sent - 1);
    try {
      closed.await(
          millis + ThreadLocalRandom.current().nextLong(millis / 2), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Errors.interrupted(name);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
