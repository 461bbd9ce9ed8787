package io.backbeat.engine;

import io.backbeat.api.Backbeat;
import io.backbeat.location.LocationController;
import io.backbeat.location.ResumeScheduler;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.processor.QueueProcessor;
import io.backbeat.queue.JobQueue;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** What an engine is made of, as the assembly leaves it. */
record EngineParts(
    Stores stores,
    Set<Role> roles,
    Clock clock,
    ExecutorService workers,
    JobQueue queue,
    QueuePopulator populator,
    List<QueueProcessor> processors,
    JobMetrics metrics,
    LocationController locations,
    ResumeScheduler resumes,
    Backbeat operations,
    Loop populatorLoop) {}
