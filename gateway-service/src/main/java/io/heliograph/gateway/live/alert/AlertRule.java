package io.heliograph.gateway.live.alert;

import java.time.Duration;

/**
 * A rule of {@code monitoring/rules} that can be decided here.
 *
 * @param expression null for {@link AlertRules#SERVICE_GONE}, which is about replicas and no gauge
 * @param duration for how long the condition has to hold
 * @param summary a template
 */
record AlertRule(
        String name, AlertExpression expression, Duration duration, String severity, String summary, String runbook) {}
