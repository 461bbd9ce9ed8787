package io.backbeat.cloudserver.replicas;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.cloudserver.transfer.RecentAnswers;
import java.time.Clock;

/** Whose the replicas at each location are; asked once a while. Thread-safe. */
final class DestinationAccounts {
  private static final long MOST = 10_000;

  private record Place(LocationName location, String accountId) {}

  private final RecentAnswers<Place, Account> known;

  DestinationAccounts(CopySettings settings, Clock clock) {
    this.known = new RecentAnswers<>(clock, settings.accountAge(), MOST);
  }

  /** The account; an error ends the attempt as one of the destination. */
  Account find(LocationName location, ScalityDestination destination, String accountId)
      throws AttemptEnded, InterruptedException {
    return AttemptEnded.unlessDestination(
        () ->
            known.get(
                new Place(location, accountId), 1, () -> destination.accounts().byId(accountId)));
  }
}
