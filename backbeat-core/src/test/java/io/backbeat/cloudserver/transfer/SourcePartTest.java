package io.backbeat.cloudserver.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which parts of the data metadata tells, and which can be checked. */
class SourcePartTest {
  private static final String A = "a".repeat(32);
  private static final String B = "b".repeat(32);

  private static String element(long start, long size, String more) {
    return "{\"key\":\"k\",\"start\":%d,\"size\":%d%s}".formatted(start, size, more);
  }

  private static String etag(String etag) {
    return ",\"dataStoreETag\":\"" + etag + '"';
  }

  private static List<SourcePart> checkable(long length, String... elements) {
    return checkable("[" + String.join(",", elements) + "]", length);
  }

  private static List<SourcePart> checkable(String locations, long length) {
    return SourcePart.checkable("{\"location\":" + locations + '}', length);
  }

  @Test
  void parts_with_an_md5_can_be_checked() {
    assertThat(
            checkable(
                12,
                element(0, 3, etag("1:" + A)),
                element(3, 4, etag("1:" + A)),
                element(7, 2, etag("2:" + B + "-2")),
                element(9, 3, etag("4:" + B))))
        .containsExactly(new SourcePart(1, A, 0, 7), new SourcePart(4, B, 9, 3));
  }

  @Test
  void nothing_can_be_checked_by_what_is_not_told_or_does_not_fit() {
    assertThat(checkable(5, element(0, 5, ""))).isEmpty();
    assertThat(checkable(6, element(0, 5, etag("1:" + A)))).isEmpty();
    assertThat(checkable(8, element(0, 5, etag("1:" + A)), element(0, 3, etag("2:" + B))))
        .isEmpty();
    assertThat(checkable(0)).isEmpty();
    assertThat(checkable("null", 0)).isEmpty();
    assertThat(checkable("\"old\"", 3)).isEmpty();
  }

  @Test
  void etag_of_a_cloud_is_maybe_no_md5() {
    String type = ",\"dataStoreType\":\"%s\"";
    assertThat(checkable(5, element(0, 5, etag("1:" + A) + type.formatted("aws_s3")))).isEmpty();
    assertThat(checkable(5, element(0, 5, etag("1:" + A) + type.formatted("pfs")))).isEmpty();
    assertThat(checkable(5, element(0, 5, etag("1:" + A) + type.formatted("file")))).hasSize(1);
  }

  @Test
  void every_key_is_told_however_little_is_known_of_it() {
    assertThat(SourcePart.keys("{\"location\":[{\"key\":\"x\"},{\"key\":\"y\"}]}"))
        .containsExactly("x", "y");
    assertThat(SourcePart.keys("{\"location\":null}")).isEmpty();
  }
}
