package io.backbeat.engine;

import io.backbeat.job.JobEvent;
import io.backbeat.metrics.JobMetrics;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells events to the metrics, then to each listener; a listener that throws hurts nobody else. */
final class EventFanOut implements Consumer<List<JobEvent>> {
  private static final Logger LOG = LoggerFactory.getLogger(EventFanOut.class);

  private final JobMetrics metrics;
  private final List<JobEvent.Listener> listeners;

  EventFanOut(JobMetrics metrics, List<JobEvent.Listener> listeners) {
    this.metrics = metrics;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void accept(List<JobEvent> events) {
    metrics.onAll(events);
    for (JobEvent.Listener listener : listeners) {
      for (JobEvent event : events) {
        tell(listener, event);
      }
    }
  }

  private static void tell(JobEvent.Listener listener, JobEvent event) {
    try {
      listener.on(event);
    } catch (Throwable e) { // a listener is foreign code
      LOG.warn("Listener {} threw on {}", listener.getClass().getName(), event.job().key(), e);
    }
  }
}
