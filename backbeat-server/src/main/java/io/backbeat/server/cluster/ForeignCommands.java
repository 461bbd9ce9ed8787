package io.backbeat.server.cluster;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.ServiceName;
import io.backbeat.redis.LocationCommand;
import io.backbeat.redis.LocationCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what an API of the original commands, which leaves the writing of the state to those
 * that hear it. Commands of ours are written already. Each process that listens does this;
 * repeating a command changes nothing.
 *
 * @param locations where states are changed
 */
record ForeignCommands(LocationOperations locations) implements LocationCommands.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignCommands.class);

  @Override
  public void onCommand(ServiceName service, LocationName location, LocationCommand command) {
    if (command.revision().isPresent()) {
      return;
    }
    try {
      carryOut(service, location, command);
    } catch (BackbeatException e) {
      LOG.warn("{} of {} at {}: {}", command, service.wireName(), location, e.getMessage());
    }
  }

  private void carryOut(ServiceName service, LocationName location, LocationCommand command) {
    if (command instanceof LocationCommand.Pause) {
      locations.pause(service, location);
    } else if (command instanceof LocationCommand.Resume) {
      locations.resume(service, location);
    } else if (command instanceof LocationCommand.ResumeAt at) {
      locations.resumeAt(service, location, at.date());
    } else {
      locations.cancelResume(service, location);
    }
  }
}
