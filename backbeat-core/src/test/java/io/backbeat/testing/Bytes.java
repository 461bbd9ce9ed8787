package io.backbeat.testing;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectSource;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** Content of a test, to be put into a store. */
public record Bytes(
    byte[] content, Instant lastModified, Map<String, String> userMetadata, boolean writtenInParts)
    implements ObjectSource {
  /**
   * When contents are written unless a test says otherwise; whole milliseconds and seconds on
   * purpose.
   */
  public static final Instant WRITTEN = Instant.parse("2020-02-03T04:05:06Z");

  /** So many bytes, always the same ones. */
  public static Bytes random(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return of(content);
  }

  /** These bytes. */
  public static Bytes of(byte[] content) {
    return new Bytes(content, WRITTEN, Map.of(), false);
  }

  /** The characters of an ASCII text. */
  public static Bytes of(String text) {
    return of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** With user metadata. */
  public Bytes with(Map<String, String> metadata) {
    return new Bytes(content, lastModified, metadata, writtenInParts);
  }

  /** As if it had been written in parts. */
  public Bytes inParts() {
    return new Bytes(content, lastModified, userMetadata, true);
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public ReadableByteChannel open(ByteRange range) {
    return Channels.newChannel(
        new ByteArrayInputStream(content, (int) range.offset(), (int) range.length()));
  }

  @Override
  public String contentType() {
    return "";
  }
}
