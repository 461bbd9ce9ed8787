package io.backbeat.server.profile;

import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.store.Stores;
import java.nio.file.Path;

/**
 * The embedded profile: one local store, and nothing beside the engine.
 *
 * @param stores the store
 * @param place its directory
 */
public record EmbeddedProfile(Stores stores, String place) implements OpenedStores {
  /**
   * Opens the store of a directory, which is made if it is missing, and locks it.
   *
   * @throws io.backbeat.embedded.StoreOpenException if the directory cannot be used
   */
  public static EmbeddedProfile open(Path directory) {
    return new EmbeddedProfile(EmbeddedStore.open(directory), "data in " + directory);
  }

  @Override
  public void close() {
    stores.close();
  }
}
