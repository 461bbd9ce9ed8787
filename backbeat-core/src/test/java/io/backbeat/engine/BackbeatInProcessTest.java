package io.backbeat.engine;

import io.backbeat.api.Backbeat;
import io.backbeat.contract.BackbeatContract;
import java.time.Clock;

/** The contract without anything in between. */
class BackbeatInProcessTest extends BackbeatContract {
  @Override
  protected Backbeat carry(Backbeat operations, Clock clock) {
    return operations;
  }
}
