package io.backbeat.s3;

import io.backbeat.workflow.LifecycleRule;
import io.backbeat.workflow.ReplicationRule;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;
import software.amazon.awssdk.services.s3.model.Transition;

/** Rules in the words of the SDK. Pure. */
final class S3Rules {
  private static final String BUCKET_ARN = "arn:aws:s3:::";

  private S3Rules() {}

  static List<software.amazon.awssdk.services.s3.model.ReplicationRule> replication(
      List<ReplicationRule> rules) {
    return rules.stream().map(S3Rules::replication).toList();
  }

  @SuppressWarnings("deprecation") // the object server knows the old place of the prefix only
  private static software.amazon.awssdk.services.s3.model.ReplicationRule replication(
      ReplicationRule rule) {
    return software.amazon.awssdk.services.s3.model.ReplicationRule.builder()
        .prefix(rule.prefix())
        .status(rule.enabled() ? ReplicationRuleStatus.ENABLED : ReplicationRuleStatus.DISABLED)
        .destination(
            d -> d.bucket(BUCKET_ARN + rule.targetBucket()).storageClass(rule.storageClass()))
        .build();
  }

  static List<software.amazon.awssdk.services.s3.model.LifecycleRule> lifecycle(
      List<LifecycleRule> rules) {
    return rules.stream().map(S3Rules::lifecycle).toList();
  }

  private static software.amazon.awssdk.services.s3.model.LifecycleRule lifecycle(
      LifecycleRule rule) {
    software.amazon.awssdk.services.s3.model.LifecycleRule.Builder builder =
        software.amazon.awssdk.services.s3.model.LifecycleRule.builder()
            .id(rule.id())
            .status(rule.enabled() ? ExpirationStatus.ENABLED : ExpirationStatus.DISABLED)
            .filter(
                filter -> {
                  if (!rule.prefix().isEmpty()) {
                    filter.prefix(rule.prefix());
                  }
                });
    rule.expirationDays().ifPresent(days -> builder.expiration(e -> e.days(days)));
    rule.transition().ifPresent(to -> builder.transitions(transition(to)));
    rule.noncurrentExpirationDays()
        .ifPresent(days -> builder.noncurrentVersionExpiration(e -> e.noncurrentDays(days)));
    return builder.build();
  }

  private static Transition transition(LifecycleRule.Transition to) {
    return Transition.builder().days(to.days()).storageClass(to.location()).build();
  }
}
