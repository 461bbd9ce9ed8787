package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.CloudServerException.Kind;
import java.util.List;
import java.util.Locale;

/**
 * Whether an error of a cloud says that it does not have an upload, or a part of it, any more: then
 * it is of no use to go on with it. Pure.
 */
final class UploadLoss {
  /** CloudServer hands on what the cloud says as the text of a ServiceUnavailable of its own. */
  private static final List<String> TEXTS =
      List.of(
          "nosuchupload",
          "upload does not exist",
          "invalidpart",
          "specified parts could not be found",
          "invalidblocklist",
          "block list is invalid");

  private UploadLoss() {}

  static boolean isLoss(CopyFailedException failure) {
    if (failure.side() != CopyFailedException.Side.DESTINATION) {
      return false;
    }
    Kind kind = failure.error().kind();
    String message = failure.error().getMessage().toLowerCase(Locale.ROOT);
    return kind == Kind.NOT_FOUND
        || kind == Kind.REFUSED
        || TEXTS.stream().anyMatch(message::contains);
  }
}
