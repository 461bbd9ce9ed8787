package io.backbeat.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultipartPlanTest {
  private static final long MIB = 1L << 20;

  @Test
  void an_empty_object_is_one_empty_part() {
    assertThat(MultipartPlan.parts(0)).containsExactly(new ByteRange(0, 0));
    assertThat(MultipartPlan.partsForGcp(0)).containsExactly(new ByteRange(0, 0));
  }

  @Test
  void one_byte_is_one_part() {
    assertThat(MultipartPlan.parts(1)).containsExactly(new ByteRange(0, 1));
  }

  @Test
  void sixteen_mebibytes_and_a_byte_are_two_parts() {
    assertThat(MultipartPlan.parts(16 * MIB)).containsExactly(new ByteRange(0, 16 * MIB));
    assertThat(MultipartPlan.parts(16 * MIB + 1))
        .containsExactly(new ByteRange(0, 16 * MIB), new ByteRange(16 * MIB, 1));
  }

  @ParameterizedTest(name = "{0} MiB + {1} -> {2} parts of {3} MiB")
  @CsvSource({
    "16000, 0, 1000, 16",
    "16000, 1, 501, 32",
    "512000, 0, 1000, 512",
    "5120000, 0, 10000, 512",
    "5120000, 1, 5001, 1024",
    "5242880, 0, 5120, 1024",
  })
  void parts_grow_only_when_there_would_be_too_many(
      long mebibytes, long bytes, int count, long partMebibytes) {
    long length = mebibytes * MIB + bytes;

    check(MultipartPlan.parts(length), length, count, partMebibytes * MIB);
  }

  @ParameterizedTest(name = "{0} MiB + {1} -> {2} parts of {3} MiB")
  @CsvSource({"524288, 0, 1024, 512", "524288, 1, 513, 1024", "16000, 0, 1000, 16"})
  void google_takes_at_most_1024_parts(long mebibytes, long bytes, int count, long partMebibytes) {
    long length = mebibytes * MIB + bytes;

    check(MultipartPlan.partsForGcp(length), length, count, partMebibytes * MIB);
  }

  private static void check(List<ByteRange> parts, long length, int count, long partSize) {
    assertThat(parts).hasSize(count);
    assertThat(parts.get(0)).isEqualTo(new ByteRange(0, partSize));
    assertThat(parts.get(count - 1).end()).isEqualTo(length);
    assertThat(parts).allMatch(part -> part.length() > 0 && part.length() <= partSize);
    assertThat(IntStream.range(1, count))
        .allMatch(i -> parts.get(i).offset() == parts.get(i - 1).end());
  }
}
