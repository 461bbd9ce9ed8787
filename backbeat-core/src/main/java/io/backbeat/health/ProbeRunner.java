package io.backbeat.health;

import io.backbeat.api.ComponentHealth;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one probe, one check at a time: who asks while a check is under way waits for that one.
 * Thread-safe.
 */
final class ProbeRunner {
  private final String component;
  private final SingleFlight<ComponentHealth> check;

  ProbeRunner(HealthProbe probe, Executor executor) {
    this.component = probe.component();
    this.check = new SingleFlight<>(probe.check(), executor);
  }

  Run start() {
    return new Run(component, check.ask());
  }

  /** A check under way. */
  record Run(String component, CompletableFuture<ComponentHealth> check) {
    ComponentHealth await(Duration remaining, Duration deadline) {
      try {
        return check.get(Math.max(0, remaining.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return failing("no answer within " + deadline);
      } catch (ExecutionException e) {
        return failing(e.getCause() == null ? e.toString() : e.getCause().toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failing("interrupted while waiting for the answer");
      }
    }

    private ComponentHealth failing(String reason) {
      return new ComponentHealth(component, ComponentHealth.State.FAILING, reason);
    }
  }
}
