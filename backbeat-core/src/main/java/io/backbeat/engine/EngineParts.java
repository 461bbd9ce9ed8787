package io.backbeat.engine;

import io.backbeat.api.Backbeat;
import io.backbeat.explanation.HistoryRecorder;
import io.backbeat.location.LocationController;
import io.backbeat.location.ResumeScheduler;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.processor.QueueWatch;
import io.backbeat.queue.JobQueue;
import io.backbeat.status.JobSource;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * What an engine is made of, as the assembly leaves it.
 *
 * @param settlers makes one more settler of replication jobs at each call
 * @param historyLoop empty if no histories are kept
 * @param pendingLoop empty if what is counted as pending is never compared with the ledger
 * @param supervision how often the queues are looked at
 */
record EngineParts(
    Stores stores,
    Set<Role> roles,
    Clock clock,
    ExecutorService workers,
    JobQueue queue,
    QueuePopulator populator,
    List<QueueWatch> watches,
    JobMetrics metrics,
    LocationController locations,
    ResumeScheduler resumes,
    Backbeat operations,
    Loop populatorLoop,
    Optional<Loop> historyLoop,
    HistoryRecorder recorder,
    Loop bulkLoop,
    Optional<Loop> pendingLoop,
    EventFanOut events,
    JobSource jobSource,
    Supplier<OutcomeSettler> settlers,
    Duration supervision) {}
