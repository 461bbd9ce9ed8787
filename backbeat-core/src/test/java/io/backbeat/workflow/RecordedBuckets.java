package io.backbeat.workflow;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Notes what buckets are told; some refuse. */
final class RecordedBuckets implements BucketConfiguration {
  final List<String> calls = new ArrayList<>();
  final Set<String> refusing = new HashSet<>();
  Runnable before = () -> {};

  /** What was noted since the last time, in order. */
  List<String> take() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  @Override
  public void putReplication(String bucket, List<ReplicationRule> rules) {
    note(
        bucket,
        "replicate "
            + bucket
            + " "
            + rules.stream()
                .map(
                    rule ->
                        (rule.enabled() ? "" : "not ")
                            + rule.prefix()
                            + "* to "
                            + rule.storageClass())
                .collect(Collectors.joining("; ")));
  }

  @Override
  public void removeReplication(String bucket) {
    note(bucket, "do not replicate " + bucket);
  }

  @Override
  public void putLifecycle(String bucket, List<LifecycleRule> rules) {
    note(
        bucket,
        "lifecycle "
            + bucket
            + " "
            + rules.stream().map(LifecycleRule::id).collect(Collectors.joining(",")));
  }

  @Override
  public void removeLifecycle(String bucket) {
    note(bucket, "no lifecycle " + bucket);
  }

  private void note(String bucket, String call) {
    before.run();
    if (refusing.contains(bucket)) {
      throw new BackbeatException(ErrorCode.INTERNAL_ERROR, bucket + " refuses");
    }
    calls.add(call);
  }
}
