package io.backbeat.prometheus;

import io.backbeat.monitoring.Meters;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Makes meters that the client library of Prometheus keeps. Nothing is shared between calls. */
public final class PrometheusMeters {
  private PrometheusMeters() {}

  /**
   * Meters with a registry of their own, and with those of the JVM and of the process.
   *
   * @throws IllegalStateException if the client library is not on the class path; names what to add
   */
  public static Meters create() {
    require("io.prometheus.metrics.core.metrics.Counter", "core");
    require(
        "io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter",
        "exposition-textformats");
    require("io.prometheus.metrics.instrumentation.jvm.JvmMetrics", "instrumentation-jvm");
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    return in(registry);
  }

  /**
   * Meters in a registry that the caller also uses for others, which {@link Meters#text} shows too.
   * A registry takes the meters of one engine; {@link Meters#close} takes them out again.
   */
  public static Meters in(PrometheusRegistry registry) {
    return new RegistryMeters(registry);
  }

  private static void require(String className, String artifact) {
    try {
      Class.forName(className, false, PrometheusMeters.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Prometheus meters need io.prometheus:prometheus-metrics-"
              + artifact
              + "; add that artifact to the class path",
          e);
    }
  }
}
