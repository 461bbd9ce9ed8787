package io.backbeat.cloudserver.replicas;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReadRange;
import io.backbeat.cloudserver.transfer.PassingParts;
import io.backbeat.cloudserver.transfer.SourcePart;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A part of a version at the source, as the body of a request. Remembers the first error of the
 * source, so that it is not taken for one of the destination.
 *
 * <p>The last bytes are not handed out before the md5 is compared: CloudServer keeps data whose md5
 * turns out to be wrong, and tells nobody its key, but not data whose request breaks off.
 */
final class SourceBody implements Payload {
  private final CloudServer source;
  private final ObjectVersion object;
  private final SourcePart part;
  private final AtomicReference<@Nullable CloudServerException> failure = new AtomicReference<>();

  SourceBody(CloudServer source, ObjectVersion object, SourcePart part) {
    this.source = source;
    this.object = object;
    this.part = part;
  }

  /** The first error of the source, if there was one. */
  Optional<CloudServerException> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public long length() {
    return part.size();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      ObjectBody body = source.read(object, new ReadRange.Part(part.number()), "");
      if (body.length() != part.size()) {
        body.close();
        throw changed(body.length());
      }
      return new Recording(body.stream());
    } catch (CloudServerException e) {
      throw remember(e);
    }
  }

  private CloudServerException changed(long length) {
    return new CloudServerException(
        CloudServerException.Kind.PRECONDITION_FAILED,
        "ContentChanged",
        0,
        "part "
            + part.number()
            + " of "
            + object
            + " has "
            + length
            + " bytes now, not "
            + part.size(),
        null,
        null);
  }

  private CloudServerException remember(CloudServerException error) {
    failure.compareAndSet(null, error);
    return error;
  }

  private CloudServerException altered(String md5) {
    return new CloudServerException(
        CloudServerException.Kind.BAD_DIGEST,
        "BadDigest",
        0,
        "what was read of part "
            + part.number()
            + " of "
            + object
            + " has md5 "
            + md5
            + ", its metadata says "
            + part.md5(),
        null,
        null);
  }

  private final class Recording extends FilterInputStream {
    private final PassingParts passing =
        new PassingParts(List.of(part), part.start(), (whole, md5) -> compare(md5));

    Recording(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count;
      try {
        count = in.read(buffer, offset, length);
      } catch (CloudServerException e) {
        throw remember(e);
      }
      if (count > 0) {
        passing.pass(buffer, offset, count);
      }
      return count;
    }

    private void compare(String md5) throws CloudServerException {
      if (!md5.equalsIgnoreCase(part.md5())) {
        throw remember(altered(md5));
      }
    }
  }
}
