package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.ReadRange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An object that is larger than memory goes through. */
@Timeout(120)
class StreamedCopyTest {
  private static final long LENGTH = 1L << 30;
  private static final long MOST_UNDER_WAY = 32L << 20;

  @Test
  void a_gibibyte_goes_through_with_a_few_megabytes_under_way() throws IOException {
    AtomicLong taken = new AtomicLong();
    AtomicLong arrived = new AtomicLong();
    AtomicLong most = new AtomicLong();
    byte[] piece = new byte[1 << 18];
    try (TinyServer server =
            new TinyServer(
                exchange -> {
                  if (exchange.getRequestMethod().equals("GET")) {
                    exchange.sendResponseHeaders(200, LENGTH);
                    OutputStream out = exchange.getResponseBody();
                    for (long sent = 0; sent < LENGTH; sent += piece.length) {
                      out.write(piece);
                    }
                  } else {
                    InputStream in = exchange.getRequestBody();
                    byte[] buffer = new byte[1 << 16];
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                      arrived.addAndGet(n);
                    }
                    TinyServer.answer(exchange, 200, "{\"ETag\":\"e\"}");
                  }
                });
        CloudServerClient client =
            CloudServerClient.open(
                CloudServerOptions.of(
                    List.of(server.address()),
                    CredentialsProvider.of(Credentials.of("AK", "SK"))))) {
      ObjectVersion object = new ObjectVersion("b", "k", "v");
      client.putPart(
          "b",
          "k",
          new Backend(LocationName.of("aws"), "aws_s3"),
          "u",
          1,
          Payloads.of(
              LENGTH,
              () ->
                  new FilterInputStream(client.read(object, ReadRange.WHOLE, "").stream()) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                      int read = super.read(into, offset, length);
                      long underWay = taken.addAndGet(Math.max(0, read)) - arrived.get();
                      most.accumulateAndGet(underWay, Math::max);
                      return read;
                    }
                  }));
    }
    assertThat(arrived).hasValue(LENGTH);
    assertThat(most.get()).isLessThan(MOST_UNDER_WAY);
  }
}
