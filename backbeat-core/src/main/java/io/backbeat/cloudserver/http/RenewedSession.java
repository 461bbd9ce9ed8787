package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials of one role, renewed a minute before they expire, by one thread while others wait or
 * go on with those that are still good.
 */
final class RenewedSession implements CredentialsProvider {
  /** Asks the service. */
  @FunctionalInterface
  interface Lender {
    Session lend() throws CloudServerException;
  }

  static final Duration EARLY = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(RenewedSession.class);

  private final String role;
  private final Lender lender;
  private final Clock clock;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile @Nullable Session current;

  RenewedSession(String role, Lender lender, Clock clock) {
    this.role = role;
    this.lender = lender;
    this.clock = clock;
  }

  @Override
  public Credentials credentials() throws CloudServerException {
    Session known = current;
    if (known != null && fresh(known)) {
      return known.credentials();
    }
    boolean mine = renewing.tryLock();
    if (!mine && known != null && good(known)) {
      return known.credentials();
    }
    if (!mine) {
      renewing.lock();
    }
    try {
      Session meanwhile = current;
      boolean byAnother = meanwhile != null && !meanwhile.equals(known) && good(meanwhile);
      return (byAnother && meanwhile != null ? meanwhile : renewed(meanwhile)).credentials();
    } finally {
      renewing.unlock();
    }
  }

  /** A service that is away for a moment does no harm while the old ones are good. */
  private Session renewed(@Nullable Session old) throws CloudServerException {
    try {
      Session lent = lender.lend();
      current = lent;
      return lent;
    } catch (CloudServerException e) {
      if (old == null || !good(old) || !e.retryable()) {
        throw e;
      }
      LOG.warn("the credentials of {} expire soon and cannot be renewed: {}", role, e.getMessage());
      return old;
    }
  }

  private boolean fresh(Session session) {
    return clock.instant().isBefore(session.expiration().minus(EARLY));
  }

  private boolean good(Session session) {
    return clock.instant().isBefore(session.expiration());
  }

  @Override
  public void expired(Credentials refused) {
    renewing.lock();
    try {
      Session known = current;
      if (known != null && known.credentials().equals(refused)) {
        current = null;
      }
    } finally {
      renewing.unlock();
    }
  }
}
