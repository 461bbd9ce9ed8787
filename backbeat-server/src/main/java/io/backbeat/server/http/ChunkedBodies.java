package io.backbeat.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.ParsingResult;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Chunked bodies, read by {@link ChunkDecoder}, because Grizzly takes any two bytes behind a chunk
 * for its end and refuses extensions.
 *
 * @param writer Grizzly's own, which writes answers
 */
record ChunkedBodies(TransferEncoding writer) implements TransferEncoding {
  private static final String DECODER = "io.backbeat.chunks";

  @Override
  public boolean wantDecode(HttpHeader header) {
    return writer.wantDecode(header);
  }

  @Override
  public boolean wantEncode(HttpHeader header) {
    return writer.wantEncode(header);
  }

  @Override
  public void prepareSerialize(FilterChainContext context, HttpHeader header, HttpContent content) {
    writer.prepareSerialize(context, header, content);
  }

  @Override
  public ParsingResult parsePacket(FilterChainContext context, HttpHeader header, Buffer input) {
    ChunkDecoder decoder = decoder((HttpRequestPacket) header);
    ByteBuffer bytes = ByteBuffer.wrap(bytes(input));
    ByteArrayOutputStream data = new ByteArrayOutputStream(bytes.remaining());
    decoder.decode(bytes, data);
    HttpContent content =
        HttpContent.builder(header)
            .content(Buffers.wrap(context.getMemoryManager(), data.toByteArray()))
            .last(decoder.done())
            .build();
    return ParsingResult.create(content, Buffers.wrap(context.getMemoryManager(), bytes.slice()));
  }

  @Override
  public Buffer serializePacket(FilterChainContext context, HttpContent content) {
    return writer.serializePacket(context, content);
  }

  private static ChunkDecoder decoder(HttpRequestPacket request) {
    if (request.getAttribute(DECODER) instanceof ChunkDecoder decoder) {
      return decoder;
    }
    ChunkDecoder decoder = new ChunkDecoder();
    request.setAttribute(DECODER, decoder);
    return decoder;
  }

  private static byte[] bytes(Buffer input) {
    byte[] bytes = new byte[input.remaining()];
    input.get(bytes);
    return bytes;
  }
}
