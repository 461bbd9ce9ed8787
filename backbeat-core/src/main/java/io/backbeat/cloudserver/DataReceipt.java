package io.backbeat.cloudserver;

import java.util.Map;

/**
 * What CloudServer says about data it has taken, which no object refers to yet.
 *
 * @param key under which the data store has it
 * @param dataStoreName the location
 * @param cryptoScheme empty if the data is not encrypted, as what follows
 * @param cipheredDataKey the key it is encrypted with, itself encrypted
 * @param encryption the headers {@code x-amz-server-side-encryption*} of the answer, which belong
 *     into the metadata of the object
 */
public record DataReceipt(
    String key,
    String dataStoreName,
    String cryptoScheme,
    String cipheredDataKey,
    Map<String, String> encryption) {
  /** Copies the map. */
  public DataReceipt {
    encryption = Map.copyOf(encryption);
  }
}
