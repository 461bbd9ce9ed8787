package io.backbeat.server.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** By whose keys requests to an object server are signed. */
public sealed interface ServerAuth {
  /**
   * A key pair.
   *
   * @param accessKey its public part
   * @param secretKey its secret part
   */
  record Keys(String accessKey, Secret secretKey) implements ServerAuth {
    /** Checks that nothing is null. */
    public Keys {
      Objects.requireNonNull(accessKey, "accessKey");
      Objects.requireNonNull(secretKey, "secretKey");
    }
  }

  /**
   * An account of a file.
   *
   * @param name of the account; that of a service is {@code service-<name>}
   * @param file the accounts, {@code authdata.json}
   */
  record Account(String name, Path file) implements ServerAuth {
    /** Checks that nothing is null. */
    public Account {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(file, "file");
    }
  }

  /**
   * The role that a bucket's replication configuration names, by way of a Vault.
   *
   * @param vault where it is; empty for the one that the object server passes requests on to
   * @param keys who asks it
   */
  record Role(Optional<ServerAddress> vault, Optional<Keys> keys) implements ServerAuth {
    /** Checks that nothing is null. */
    public Role {
      Objects.requireNonNull(vault, "vault");
      Objects.requireNonNull(keys, "keys");
    }
  }

  /**
   * One role of each account that objects belong to, by way of STS.
   *
   * @param roleName behind {@code arn:aws:iam::<account>:role/}
   * @param sts where it is
   * @param keys who asks it
   * @param vault what knows which account an object belongs to; empty for the one that the object
   *     server passes requests on to
   */
  record AssumedRole(String roleName, ServerAddress sts, Keys keys, Optional<ServerAddress> vault)
      implements ServerAuth {
    /** Checks that nothing is null. */
    public AssumedRole {
      Objects.requireNonNull(roleName, "roleName");
      Objects.requireNonNull(sts, "sts");
      Objects.requireNonNull(keys, "keys");
      Objects.requireNonNull(vault, "vault");
    }
  }
}
