package io.backbeat.client;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body and gives up, with the connection, as soon as it is larger than the limit. */
final class LimitedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> collector = BodySubscribers.ofByteArray();
  private final long limitBytes;
  private Flow.@Nullable Subscription source;
  private long bytes;

  private LimitedBody(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  static BodyHandler<byte[]> handler(long limitBytes) {
    return info -> new LimitedBody(limitBytes);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return collector.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    collector.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (bytes <= limitBytes) {
      collector.onNext(buffers);
    } else if (source != null) {
      source.cancel();
      source = null;
      collector.onError(new TooLargeException(limitBytes));
    }
  }

  @Override
  public void onError(Throwable error) {
    collector.onError(error);
  }

  @Override
  public void onComplete() {
    collector.onComplete();
  }
}
