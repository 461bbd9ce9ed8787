package io.backbeat.cloudserver.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities of one's own. */
public final class Trust {
  private Trust() {}

  /**
   * Trusts those in a file and no others.
   *
   * @param file certificates in PEM, or a key store (PKCS 12, JKS)
   * @param password of the key store; empty if it has none, as for PEM
   * @throws IOException if it cannot be read, or holds something else; says which file
   */
  public static SSLContext of(Path file, Optional<String> password) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      KeyStore store =
          new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE")
              ? pem(bytes)
              : KeyStore.getInstance(
                  file.toFile(), password.map(String::toCharArray).orElse(new char[0]));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException(
          file + " must hold certificates in PEM or be a key store: " + e.getMessage(), e);
    }
  }

  private static KeyStore pem(byte[] bytes) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes))) {
      store.setCertificateEntry("authority-" + number++, each);
    }
    return store;
  }
}
