package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewObjectTest {
  private static final LocationName HOME = LocationName.of("home");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final Instant WRITTEN = Instant.parse("2026-03-04T05:06:07.089Z");
  private static final String VERSION = VersionId.encode("98500086134471999999RG001  ");

  @Test
  void what_is_said_of_it_is_what_the_engine_reads() {
    NewObject object =
        object(new ObjectVersion("photos", "a \"b\"", VERSION), 7)
            .describedBy("image/png", Map.of("camera", "pin\nhole"))
            .alreadyAt(Map.of(TOKYO, "v7"));

    ObjectMetadata metadata = ObjectMetadata.parse(object.toMetadata());

    assertThat(metadata.key()).isEqualTo("a \"b\"");
    assertThat(metadata.encodedVersionId()).isEqualTo(VERSION);
    assertThat(metadata.contentLength()).isEqualTo(7);
    assertThat(metadata.lastModified()).contains(WRITTEN);
    assertThat(metadata.dataStoreName()).isEqualTo("home");
    assertThat(metadata.dataStoreETag()).isEqualTo("print");
    assertThat(metadata.isDeleteMarker()).isFalse();
    assertThat(metadata.replicationInfo().status()).contains(OverallStatus.PENDING);
    assertThat(metadata.replicationInfo().content()).containsExactly("DATA", "METADATA");
    assertThat(metadata.replicationInfo().backends())
        .containsExactly(
            new SiteReplication(PARIS, SiteStatus.PENDING, ""),
            new SiteReplication(TOKYO, SiteStatus.COMPLETED, "v7"));
    assertThat(object.toMetadata())
        .contains("\"content-type\":\"image/png\"", "\"x-amz-meta-camera\":\"pin\\nhole\"");
  }

  @Test
  void an_empty_object_has_no_data_to_copy() {
    NewObject object = object(ObjectVersion.unversioned("photos", "empty"), 0);

    ObjectMetadata metadata = ObjectMetadata.parse(object.toMetadata());

    assertThat(metadata.replicationInfo().content()).containsExactly("METADATA");
    assertThat(metadata.encodedVersionId()).isEmpty();
  }

  @Test
  void the_null_version_is_told_as_such() {
    NewObject object = object(new ObjectVersion("photos", "k", ObjectMetadata.NULL_VERSION), 1);

    assertThat(ObjectMetadata.parse(object.toMetadata()).isNull()).isTrue();
  }

  @Test
  void it_needs_a_destination_and_a_size() {
    ObjectVersion version = ObjectVersion.unversioned("photos", "k");

    assertThatThrownBy(() -> NewObject.of(version, 1, WRITTEN, "", HOME, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("photos/k")
        .hasMessageContaining("destination");
    assertThatThrownBy(() -> object(version, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  private static NewObject object(ObjectVersion version, long size) {
    return NewObject.of(version, size, WRITTEN, "print", HOME, List.of(PARIS, TOKYO, PARIS));
  }
}
