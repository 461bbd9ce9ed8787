package io.backbeat.server.operate;

import io.backbeat.api.BackbeatException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks again and again. A look that fails is told and does not end it, unless it is the first one:
 * servers are restarted while somebody watches, but who never saw anything has a wrong address.
 *
 * @param pause waits, and says whether to end
 * @param reason what to tell of an error
 */
public record Watch(
    Supplier<Look> look,
    LookDisplay display,
    Predicate<Duration> pause,
    Function<BackbeatException, String> reason) {
  /**
   * Watches until somebody ends it, nobody reads any more, or so many looks were taken.
   *
   * @return what went wrong with the last look, if something did
   * @throws BackbeatException if the first look fails
   */
  public Optional<BackbeatException> run(Duration every, OptionalLong count) {
    boolean on = display.show(look.get());
    Optional<BackbeatException> trouble = Optional.empty();
    for (long taken = 1; on && (count.isEmpty() || taken < count.getAsLong()); taken++) {
      if (pause.test(every)) {
        return Optional.empty();
      }
      try {
        trouble = Optional.empty();
        on = display.show(look.get());
      } catch (BackbeatException e) {
        trouble = Optional.of(e);
        display.missed(reason.apply(e));
      }
    }
    return trouble;
  }
}
