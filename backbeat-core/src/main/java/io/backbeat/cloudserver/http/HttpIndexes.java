package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.BucketIndexes;
import io.backbeat.cloudserver.CloudServerException;
import java.util.List;

/** Indexes over HTTP. */
record HttpIndexes(Requests requests) implements BucketIndexes {
  @Override
  public List<Index> list(String bucket) throws CloudServerException {
    return requests.ask(Call.of("GET", path(bucket)), Answers::indexes);
  }

  @Override
  public void add(String bucket, List<Index> indexes) throws CloudServerException {
    change(bucket, "add", indexes);
  }

  @Override
  public void remove(String bucket, List<Index> indexes) throws CloudServerException {
    change(bucket, "delete", indexes);
  }

  private void change(String bucket, String operation, List<Index> indexes)
      throws CloudServerException {
    if (indexes.isEmpty()) {
      throw new IllegalArgumentException("indexes must hold at least one, for bucket " + bucket);
    }
    requests.send(
        Call.of("POST", path(bucket))
            .query("operation", operation)
            .json(JsonTexts.ofIndexes(indexes))
            .repeat());
  }

  private static String path(String bucket) {
    return Routes.bucketPath("index", bucket);
  }
}
