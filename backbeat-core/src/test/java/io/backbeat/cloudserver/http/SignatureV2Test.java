package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of "Signing and authenticating REST requests" of the S3 documentation. */
class SignatureV2Test {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private static String signature(
      String method, Map<String, String> headers, String path, Parameter... query) {
    return SignatureV2.hmacSha1(
        SECRET, SignatureV2.stringToSign(method, headers, path, List.of(query)));
  }

  @Test
  void a_get_of_an_object() {
    assertThat(
            signature(
                "GET",
                Map.of("Date", "Tue, 27 Mar 2007 19:36:42 +0000"),
                "/awsexamplebucket1/photos/puppy.jpg"))
        .isEqualTo("qgk2+6Sv9/oM7G3qLEjTH1a1l1g=");
  }

  @Test
  void a_put_has_its_type_signed() {
    assertThat(
            signature(
                "PUT",
                Map.of(
                    "Content-Type", "image/jpeg",
                    "Content-Length", "94328",
                    "Date", "Tue, 27 Mar 2007 21:15:45 +0000"),
                "/awsexamplebucket1/photos/puppy.jpg"))
        .isEqualTo("iqRzw+ileNPu1fhspnRs8nOjjIA=");
  }

  @Test
  void parameters_of_a_listing_are_not_signed() {
    assertThat(
            signature(
                "GET",
                Map.of("User-Agent", "Mozilla/5.0", "Date", "Tue, 27 Mar 2007 19:42:41 +0000"),
                "/awsexamplebucket1/",
                new Parameter("prefix", "photos"),
                new Parameter("max-keys", "50"),
                new Parameter("marker", "puppy")))
        .isEqualTo("m0WP8eCtspQl5Ahe6L1SozdX9YA=");
  }

  @Test
  void a_subresource_is_signed() {
    assertThat(
            signature(
                "GET",
                Map.of("Date", "Tue, 27 Mar 2007 19:44:46 +0000"),
                "/awsexamplebucket1/",
                new Parameter("acl", "")))
        .isEqualTo("82ZHiFIjc+WbcwFKGUVEQspPn+0=");
  }

  @Test
  void an_upload_has_its_digest_and_its_amazon_headers_signed_in_order() {
    assertThat(
            signature(
                "PUT",
                Map.of(
                    "Date", "Tue, 27 Mar 2007 21:06:08 +0000",
                    "x-amz-acl", "public-read",
                    "content-type", "application/x-download",
                    "Content-MD5", "4gJE4saaMU4BqNR0kLY+lw==",
                    "X-Amz-Meta-ReviewedBy", "joe@johnsmith.net,jane@johnsmith.net",
                    "X-Amz-Meta-FileChecksum", "0x02661779",
                    "X-Amz-Meta-ChecksumAlgorithm", "crc32",
                    "Content-Disposition", "attachment; filename=database.dat",
                    "Content-Encoding", "gzip"),
                "/static.johnsmith.net/db-backup.dat.gz"))
        .isEqualTo("ilyl83RwaSoYIEdixDQcA4OnAnc=");
  }

  @Test
  void a_key_is_signed_as_it_is_encoded() {
    assertThat(
            signature(
                "GET",
                Map.of("Date", "Wed, 28 Mar 2007 01:49:49 +0000"),
                "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re"))
        .isEqualTo("DNEZGsoieTZ92F3bUfSPQcbGmlM=");
  }

  @Test
  void requests_carry_the_time_as_an_amazon_header_and_the_token_of_a_session() {
    Unsigned request =
        new Unsigned(
            "GET",
            false,
            new HostAddress("h", 80),
            "/_/backbeat/metadata/b/k",
            List.of(new Parameter("versionId", "v")),
            Map.of(),
            Body.NONE);
    Instant now = Instant.parse("2007-03-27T09:06:08Z");

    Map<String, String> added =
        new SignatureV2().sign(request, new Credentials("AK", SECRET, Optional.of("token")), now);

    assertThat(added)
        .containsEntry("x-amz-date", "Tue, 27 Mar 2007 09:06:08 GMT")
        .containsEntry("x-amz-security-token", "token");
    assertThat(SignatureV2.stringToSign("GET", added, request.path(), request.query()))
        .isEqualTo(
            """
            GET



            x-amz-date:Tue, 27 Mar 2007 09:06:08 GMT
            x-amz-security-token:token
            /_/backbeat/metadata/b/k?versionId=v""");
    assertThat(added.get("Authorization")).startsWith("AWS AK:").hasSize(7 + 28);
  }
}
