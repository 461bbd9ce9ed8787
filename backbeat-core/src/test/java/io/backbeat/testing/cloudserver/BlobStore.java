package io.backbeat.testing.cloudserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.UUID;

/** Takes bytes in. */
interface BlobStore {
  /** Keeps what a stream has to give. */
  Blob store(InputStream bytes) throws IOException;

  /** In memory; each at most 2 GB. */
  static BlobStore inMemory() {
    return bytes -> {
      byte[] all = bytes.readAllBytes();
      String md5 = Digests.hex(Digests.md5().digest(all));
      return new Blob() {
        @Override
        public long size() {
          return all.length;
        }

        @Override
        public String md5() {
          return md5;
        }

        @Override
        public InputStream open(long from, long length) {
          return new ByteArrayInputStream(all, (int) from, (int) length);
        }
      };
    };
  }

  /** One file each. */
  static BlobStore inDirectory(Path directory) {
    return bytes -> {
      Files.createDirectories(directory);
      Path file = directory.resolve(UUID.randomUUID().toString());
      MessageDigest md5 = Digests.md5();
      try (OutputStream out = Files.newOutputStream(file)) {
        new DigestInputStream(bytes, md5).transferTo(out);
      }
      return new OnDisk(file, Files.size(file), Digests.hex(md5.digest()));
    };
  }

  /** A file. */
  record OnDisk(Path file, long size, String md5) implements Blob {
    @Override
    public InputStream open(long from, long length) throws IOException {
      SeekableByteChannel channel = Files.newByteChannel(file);
      channel.position(from);
      return new LimitedStream(Channels.newInputStream(channel), length);
    }

    @Override
    public void delete() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
