package io.backbeat.gc;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Decides whether source data may go. Pure. */
public final class GcPlan {
  private GcPlan() {}

  /**
   * The job for a version that has just reached all of its destinations.
   *
   * @param object the version
   * @param revision the client write that is at all destinations now
   * @param metadata the metadata of that write as JSON text in CloudServer's form
   * @param transientLocations source locations that hold data only until it is replicated
   * @param now becomes the job's creation time
   * @return empty if the data is not at a transient location, or there is none
   * @throws IllegalArgumentException if the metadata is not JSON
   */
  public static Optional<Job> plan(
      ObjectVersion object,
      String revision,
      String metadata,
      Set<LocationName> transientLocations,
      Instant now) {
    if (transientLocations.isEmpty()) {
      return Optional.empty();
    }
    GcPayload all = GcPayload.ofMetadata(object, metadata);
    // CloudServer keeps all parts of one version at one location; parts at a lasting one would have
    // to stay.
    return all.parts().stream()
        .map(GcPayload.Part::dataStoreName)
        .filter(name -> !name.isEmpty())
        .map(LocationName::of)
        .filter(transientLocations::contains)
        .findFirst()
        .map(
            location ->
                new Job(
                    new JobKey(JobType.GARBAGE_COLLECTION, object, location),
                    revision,
                    0,
                    0,
                    now,
                    new GcPayload(
                            object,
                            all.owner(),
                            all.parts().stream()
                                .filter(part -> part.dataStoreName().equals(location.value()))
                                .toList())
                        .toJson(revision)));
  }
}
