package io.backbeat.cloudserver.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts are recognised in a stream however it is chopped. */
class PassingPartsTest {
  private static final int FROM = 1_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 100, 1_000})
  void every_part_is_told_once_with_its_md5(int chunk) throws Exception {
    byte[] bytes = bytes();
    List<SourcePart> parts =
        List.of(part(1, bytes, 3, 7), part(2, bytes, 10, 90), part(5, bytes, 163, 300));
    List<SourcePart> told = new ArrayList<>();
    PassingParts passing =
        new PassingParts(
            parts,
            FROM,
            (part, md5) -> told.add(new SourcePart(part.number(), md5, part.start(), part.size())));
    Random random = new Random(chunk);
    byte[] buffer = new byte[2_000];
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, 1 + random.nextInt(chunk));
      System.arraycopy(bytes, at, buffer, 11, count);
      passing.pass(buffer, 11, count);
      at += count;
    }
    assertThat(told).isEqualTo(parts);
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[500];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static SourcePart part(int number, byte[] bytes, int start, int size) {
    byte[] part = Arrays.copyOfRange(bytes, start, start + size);
    String md5 = HexFormat.of().formatHex(PassingParts.newMd5().digest(part));
    return new SourcePart(number, md5, FROM + start, size);
  }
}
