package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.cloudserver.CloudServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountFileTest {
  private static final String FILE =
      """
      {"accounts":[
        {"name":"bart","arn":"aws::iam:123456789012:root","canonicalID":"c1","shortid":"123456789012",
         "keys":[{"access":"a1","secret":"s1"},{"access":"a2","secret":"s2"}]},
        {"name":"service-replication","arn":"arn:aws:iam::123456789013:root","canonicalID":"c2",
         "displayName":"Replication","keys":{"access":"a3","secret":"s3"}},
        {"name":"keyless","shortid":"123456789014","canonicalID":"c3"}]}
      """;

  private final AccountFile file = AccountFile.parse("authdata.json", FILE);

  @Test
  void keys_may_be_a_list_or_a_pair() {
    assertThat(file.account("bart")).isEqualTo(Credentials.of("a1", "s1"));
    assertThat(file.service("replication")).isEqualTo(Credentials.of("a3", "s3"));
  }

  @Test
  void what_is_not_there_is_named() {
    assertThatThrownBy(() -> file.account("lisa"))
        .hasMessage(
            "authdata.json has no account \"lisa\"; it has [bart, service-replication, keyless]");
    assertThatThrownBy(() -> file.account("keyless")).hasMessageContaining("\"keyless\"");
  }

  @Test
  void accounts_are_found_by_their_id() throws CloudServerException {
    assertThat(file.byId("123456789012")).isEqualTo(new Account("c1", "bart"));
    assertThat(file.byId("123456789013")).isEqualTo(new Account("c2", "Replication"));
    assertThat(file.byId("123456789014")).isEqualTo(new Account("c3", "keyless"));
    assertThatThrownBy(() -> file.byId("1"))
        .isInstanceOfSatisfying(
            CloudServerException.class, e -> assertThat(e.code()).isEqualTo("AccountNotFound"));
  }

  @Test
  void a_file_that_is_something_else_is_named(@TempDir Path dir) throws IOException {
    Path path = Files.writeString(dir.resolve("authdata.json"), "{}");
    assertThatThrownBy(() -> AccountFile.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path + " must have a list \"accounts\"");
  }

  @Test
  void secrets_are_not_shown() {
    assertThat(file.account("bart")).hasToString("Credentials[a1]");
  }
}
