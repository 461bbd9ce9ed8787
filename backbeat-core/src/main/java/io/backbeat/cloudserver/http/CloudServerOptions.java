package io.backbeat.cloudserver.http;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a CloudServer is and how to speak to it.
 *
 * @param hosts at least one; requests go to each in turn, and to the next where one does not answer
 * @param tls whether they speak HTTPS
 * @param trust for HTTPS; empty for the certificate authorities of Java
 * @param credentials whose requests they are
 * @param signature how they are signed
 * @param region part of signatures of version 4; CloudServer takes any
 * @param timeouts how long to wait
 * @param clock for signatures and the expiry of sessions
 */
public record CloudServerOptions(
    List<HostAddress> hosts,
    boolean tls,
    Optional<SSLContext> trust,
    CredentialsProvider credentials,
    SignatureVersion signature,
    String region,
    Timeouts timeouts,
    Clock clock) {
  /** What CloudServer calls its region when nobody says otherwise. */
  public static final String DEFAULT_REGION = "us-east-1";

  /** Copies the list. */
  public CloudServerOptions {
    hosts = List.copyOf(hosts);
    Objects.requireNonNull(trust, "trust");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(clock, "clock");
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("hosts must name at least one server");
    }
  }

  /**
   * How long to wait; all positive.
   *
   * @param connect for a connection
   * @param answer for the answer of a request for metadata, all of it
   * @param idle between two bytes of a body, in both directions
   * @param work for the answer of a request that moves or deletes data, after its body
   */
  public record Timeouts(Duration connect, Duration answer, Duration idle, Duration work) {
    /** 10 s to connect, 120 s for metadata, 60 s between bytes, 15 min for work on data. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15));

    /** Checks that all are positive. */
    public Timeouts {
      for (Duration each : List.of(connect, answer, idle, work)) {
        if (each.isZero() || each.isNegative()) {
          throw new IllegalArgumentException(
              "timeouts must be positive, were " + List.of(connect, answer, idle, work));
        }
      }
    }
  }

  /** The usual for what is not said: HTTP, version 4, the system's clock. */
  public static CloudServerOptions of(List<HostAddress> hosts, CredentialsProvider credentials) {
    return new CloudServerOptions(
        hosts,
        false,
        Optional.empty(),
        credentials,
        SignatureVersion.V4,
        DEFAULT_REGION,
        Timeouts.DEFAULT,
        Clock.systemUTC());
  }

  /** The same at another place. */
  public CloudServerOptions withHosts(List<HostAddress> others) {
    return new CloudServerOptions(
        others, tls, trust, credentials, signature, region, timeouts, clock);
  }

  /** The same in the name of somebody else. */
  public CloudServerOptions withCredentials(CredentialsProvider others) {
    return new CloudServerOptions(hosts, tls, trust, others, signature, region, timeouts, clock);
  }

  /** The same over HTTPS; see {@link Trust} for authorities of one's own. */
  public CloudServerOptions withTls(Optional<SSLContext> trusted) {
    return new CloudServerOptions(
        hosts, true, trusted, credentials, signature, region, timeouts, clock);
  }

  /** The same with other signatures. */
  public CloudServerOptions withSignature(SignatureVersion version) {
    return new CloudServerOptions(hosts, tls, trust, credentials, version, region, timeouts, clock);
  }

  /** The same with other time-outs. */
  public CloudServerOptions withTimeouts(Timeouts other) {
    return new CloudServerOptions(hosts, tls, trust, credentials, signature, region, other, clock);
  }

  /** The same by another clock. */
  public CloudServerOptions withClock(Clock other) {
    return new CloudServerOptions(
        hosts, tls, trust, credentials, signature, region, timeouts, other);
  }
}
