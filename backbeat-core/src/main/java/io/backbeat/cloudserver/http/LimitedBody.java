package io.backbeat.cloudserver.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body, and ends the exchange when it becomes larger than any answer of a route is. */
final class LimitedBody implements BodySubscriber<Answer.Content> {
  /** The metadata of an object of 10,000 parts is a few megabytes. */
  static final long MOST_BYTES = 64L << 20;

  private final BodySubscriber<byte[]> collected = BodySubscribers.ofByteArray();
  private final CompletionStage<Answer.Content> body =
      collected.getBody().thenApply(bytes -> (Answer.Content) new Answer.Whole(bytes));
  private Flow.@Nullable Subscription source;
  private long arrived;

  @Override
  public CompletionStage<Answer.Content> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    collected.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      arrived += buffer.remaining();
    }
    if (arrived <= MOST_BYTES) {
      collected.onNext(buffers);
    } else if (source != null) {
      source.cancel();
      source = null;
      collected.onError(new IOException("the answer is larger than " + MOST_BYTES + " bytes"));
    }
  }

  @Override
  public void onError(Throwable error) {
    collected.onError(error);
  }

  @Override
  public void onComplete() {
    collected.onComplete();
  }
}
