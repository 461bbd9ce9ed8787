package io.backbeat.server.serve;

import io.backbeat.engine.Role;
import io.backbeat.server.config.ServerRole;
import java.util.EnumSet;
import java.util.Set;

/** What the roles of a process mean for its engine; the rest is up to the profile. Pure. */
final class EngineRoles {
  private EngineRoles() {}

  static Set<Role> of(Set<ServerRole> roles) {
    Set<Role> engine = EnumSet.noneOf(Role.class);
    if (roles.contains(ServerRole.POPULATOR)) {
      engine.add(Role.POPULATOR);
    }
    if (roles.contains(ServerRole.PROCESSOR)) {
      engine.add(Role.PROCESSOR);
    }
    if (roles.contains(ServerRole.GC)) {
      engine.add(Role.GC);
    }
    // Processors may all be of the original, which does not know our retries.
    if (roles.contains(ServerRole.STATUS)) {
      engine.add(Role.RETRIES);
    }
    // Whoever is there ends a pause; the state decides who was first.
    if (roles.contains(ServerRole.PROCESSOR) || roles.contains(ServerRole.API)) {
      engine.add(Role.SCHEDULER);
    }
    return engine;
  }
}
