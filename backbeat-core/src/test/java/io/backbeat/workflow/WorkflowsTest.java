package io.backbeat.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ServiceName;
import io.backbeat.memory.InMemoryWorkflowStateStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowsTest {
  private final InMemoryWorkflowStateStore store = new InMemoryWorkflowStateStore();
  private final RecordedBuckets buckets = new RecordedBuckets();
  private final Workflows workflows = new Workflows(store, buckets);

  private void apply(String json) {
    workflows.apply(json.replace('\'', '"'));
  }

  private String state(ServiceName service) {
    return store
        .load(service)
        .map(WorkflowStateStore.Stored::document)
        .orElse("")
        .replace('"', '\'');
  }

  private static String replication(String version, String bucketWorkflows) {
    return "{" + version + "'workflows':{'replication':{" + bucketWorkflows + "}}}";
  }

  private static String to(String bucket, String location) {
    return "'%s':[{'workflowId':'w','enabled':true,'source':{'prefix':'p/'},'destination':{'locations':[{'name':'%s'}]}}]"
        .formatted(bucket, location);
  }

  @Test
  void new_changed_and_removed_workflows_are_followed_and_kept() {
    apply(replication("'version':1,", to("a", "paris") + "," + to("b", "paris")));
    assertThat(buckets.take())
        .containsExactly("replicate a p/* to paris", "replicate b p/* to paris");

    apply(replication("'version':2,", to("a", "tokyo")));

    assertThat(buckets.take()).containsExactly("replicate a p/* to tokyo", "do not replicate b");
    assertThat(state(ServiceName.REPLICATION))
        .isEqualTo(
            "{'workflows':{'a':{'w':{'workflowId':'w','enabled':true,'source':{'prefix':'p/'},"
                + "'destination':{'locations':[{'name':'tokyo'}]}}}},'overlayVersion':2}");
  }

  @Test
  void same_configuration_again_does_nothing() {
    apply(replication("", to("a", "paris")));
    buckets.take();

    apply(replication("", to("a", "paris")));

    assertThat(buckets.take()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {} ",
        "[]",
        "''",
        "'a'",
        "1",
        "true",
        "{'version':9}",
        "{'workflows':null}"
      })
  void configuration_that_does_not_speak_of_workflows_changes_nothing(String silent) {
    apply(replication("'version':1,", to("a", "paris")));
    String before = state(ServiceName.REPLICATION);
    buckets.take();

    apply(silent);

    assertThat(buckets.take()).isEmpty();
    assertThat(state(ServiceName.REPLICATION)).isEqualTo(before);
  }

  @Test
  void empty_workflows_are_an_explicit_none() {
    apply(
        "{'workflows':{'replication':{"
            + to("a", "paris")
            + "},'lifecycle':{'a':[{'workflowId':'e','type':'expiration','currentVersionTriggerDelayDays':1}]}}}");
    buckets.take();

    apply("{'workflows':{}}");

    assertThat(buckets.take()).containsExactly("do not replicate a", "no lifecycle a");
    assertThat(state(ServiceName.REPLICATION)).isEqualTo("{'workflows':{},'overlayVersion':0}");
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "2.5, true", "3, true"})
  void only_a_newer_version_is_followed(String version, boolean followed) {
    apply(replication("'version':2,", to("a", "paris")));
    buckets.take();

    apply(replication("'version':" + version + ",", to("a", "tokyo")));

    assertThat(!buckets.take().isEmpty()).isEqualTo(followed);
  }

  @Test
  void missing_version_is_always_followed_and_leaves_the_version_as_it_was() {
    apply(replication("'version':2,", to("a", "paris")));
    apply(replication("", to("a", "tokyo")));
    buckets.take();

    apply(replication("'version':2,", to("a", "paris")));

    assertThat(buckets.take()).isEmpty();
    assertThat(state(ServiceName.REPLICATION)).contains("tokyo").endsWith("'overlayVersion':2}");
  }

  @Test
  void newer_version_without_changes_is_remembered() {
    apply(replication("'version':2,", to("a", "paris")));

    apply(replication("'version':5,", to("a", "paris")));

    assertThat(state(ServiceName.REPLICATION)).endsWith("'overlayVersion':5}");
  }

  @Test
  void lifecycle_and_transition_of_a_bucket_are_written_together_and_once() {
    String both =
        "{'workflows':{'lifecycle':{'a':[{'workflowId':'e','type':'x-expiration-y','currentVersionTriggerDelayDays':1}]},"
            + "'transition':{'a':[{'workflowId':'t','type':'transition','currentVersionTriggerDelayDays':2,"
            + "'currentVersionLocations':[{'name':'cold'}]},{'workflowId':'e','type':'expiration',"
            + "'previousVersionTriggerDelayDays':3}]}}}";

    apply(both);
    assertThat(buckets.take()).containsExactly("lifecycle a e,t,transition-e");

    apply(both);
    assertThat(buckets.take()).isEmpty();
  }

  @Test
  void old_streams_take_the_place_of_replication_workflows_and_leave_lifecycle_alone() {
    apply(
        "{'workflows':{'lifecycle':{'a':[{'workflowId':'e','type':'expiration','currentVersionTriggerDelayDays':1}]}}}");
    buckets.take();

    apply(
        "{'replicationStreams':[{'streamId':'s1','enabled':true,'source':{'bucketName':'a'},"
            + "'destination':{'locations':[{'name':'paris'},{'name':'tokyo'}],'preferredReadLocation':'tokyo'}}]}");

    assertThat(buckets.take()).containsExactly("replicate a * to paris,tokyo:preferred_read");
    assertThat(state(ServiceName.REPLICATION))
        .startsWith("{'workflows':{'a':{'s1':{")
        .contains("'workflowId':'s1'");
    assertThat(state(ServiceName.LIFECYCLE)).contains("'e'");
  }

  @Test
  void bucket_that_fails_is_told_and_the_next_call_completes_only_what_is_missing() {
    buckets.refusing.add("b");
    String wanted =
        replication(
            "'version':1,", to("a", "paris") + "," + to("b", "paris") + "," + to("c", "paris"));

    assertThatThrownBy(() -> apply(wanted))
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR))
        .hasMessageContaining("b refuses");
    assertThat(buckets.take())
        .containsExactly("replicate a p/* to paris", "replicate c p/* to paris");
    assertThat(state(ServiceName.REPLICATION)).endsWith("'overlayVersion':0}");

    buckets.refusing.clear();
    apply(wanted);
    assertThat(buckets.take()).containsExactly("replicate b p/* to paris");
    assertThat(state(ServiceName.REPLICATION)).endsWith("'overlayVersion':1}");
  }

  @Test
  void removal_that_fails_is_repeated_by_the_next_call() {
    apply(replication("", to("a", "paris")));
    buckets.take();
    buckets.refusing.add("a");
    assertThatThrownBy(() -> apply("{'workflows':{}}")).hasMessageContaining("a refuses");

    buckets.refusing.clear();
    apply("{'workflows':{}}");

    assertThat(buckets.take()).containsExactly("do not replicate a");
  }

  @Test
  void crash_after_a_bucket_followed_does_not_forget_that_it_did() {
    buckets.before =
        () -> {
          throw new OutOfMemoryError("the process ends here");
        };
    assertThatThrownBy(() -> apply(replication("", to("a", "paris"))))
        .isInstanceOf(OutOfMemoryError.class);
    buckets.before = () -> {};

    apply("{'workflows':{}}");

    assertThat(buckets.take()).containsExactly("do not replicate a");
  }

  @Test
  void other_process_that_writes_in_between_makes_us_look_again() {
    Workflows other = new Workflows(store, new RecordedBuckets());
    AtomicBoolean once = new AtomicBoolean(true);
    buckets.before =
        () -> {
          if (once.getAndSet(false)) {
            other.apply(replication("'version':1,", to("b", "tokyo")).replace('\'', '"'));
          }
        };

    apply(replication("'version':2,", to("a", "paris")));

    assertThat(buckets.take())
        .containsExactly(
            "replicate a p/* to paris", "replicate a p/* to paris", "do not replicate b");
    assertThat(state(ServiceName.REPLICATION)).contains("'a'").doesNotContain("'b'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "{", "{'a':1}x", "\ufeff{}", "{'a':1}{}", "{a:1}"})
  void what_is_no_json_is_refused(String text) {
    assertThatThrownBy(() -> apply(text))
        .isInstanceOfSatisfying(
            BackbeatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST))
        .hasMessage("invalid JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'version':'1'}|version must be a number, was \"1\"",
        "{'version':1e400}|every number must be within the range of a double, was 1E+400",
        "{'version':-1e999999999}|every number must be within the range of a double, was -1E+999999999",
        "{'version':1e-999999999}|every number must be within the range of a double, was 1E-999999999",
        "{'version':1e99999999999}|invalid JSON",
        "{'workflows':{'replication':{'a':[{'workflowId':'w','x':[1e309]}]}}}|every number must be",
        "{'workflows':5}|workflows must be an object, was 5",
        "{'workflows':{'replication':[]}}|workflows.replication must be an object, was []",
        "{'workflows':{'lifecycle':{'a':{}}}}|workflows.lifecycle.a must be an array, was {}",
        "{'workflows':{'replication':{'a':[{}]}}}|workflows.replication.a[].workflowId must be a text, was nothing",
        "{'workflows':{'replication':{'a':[{'workflowId':'w'}]}}}|destination.locations of the workflow w must be an array",
        "{'workflows':{'lifecycle':{'a':[{'workflowId':'w','currentVersionTriggerDelayDays':-1}]}}}|whole number of days",
        "{'replicationStreams':[{'streamId':'s'}]}|replicationStreams[].source.bucketName must be a text"
      })
  void what_is_malformed_is_named_and_changes_nothing(String text, String message) {
    assertThatThrownBy(() -> apply(text))
        .isInstanceOfSatisfying(
            BackbeatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST))
        .hasMessageContaining(message);
    assertThat(store.load(ServiceName.REPLICATION)).isEmpty();
    assertThat(store.load(ServiceName.LIFECYCLE)).isEmpty();
  }

  @Test
  void version_with_too_many_digits_for_a_double_is_refused() {
    assertThatThrownBy(() -> apply("{'version':" + "9".repeat(400) + "e300}"))
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("every number must be within the range of a double, was 9.99");
    assertThatThrownBy(() -> apply("{'version':" + "9".repeat(400) + "}"))
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("every number must be within the range of a double, was 999");
  }

  @Test
  void fractions_are_kept_digit_by_digit() {
    String workflow =
        to("a", "paris").replace("'enabled'", "'x':0.1000000000000000055511151231,'enabled'");

    apply(replication("", workflow));

    assertThat(state(ServiceName.REPLICATION)).contains("'x':0.1000000000000000055511151231,");
  }

  @Test
  void state_of_the_original_from_the_time_of_streams_is_understood() {
    store.compareAndSet(
        ServiceName.REPLICATION, 0, "{\"streams\":{\"old\":{\"s\":{}}},\"overlayVersion\":3}");

    apply(replication("'version':4,", to("a", "paris")));

    assertThat(buckets.take()).containsExactly("replicate a p/* to paris", "do not replicate old");
  }

  @Test
  void stored_document_that_is_broken_is_an_internal_error() {
    store.compareAndSet(ServiceName.REPLICATION, 0, "[");

    assertThatThrownBy(() -> apply("{'workflows':{}}"))
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR));
  }
}
