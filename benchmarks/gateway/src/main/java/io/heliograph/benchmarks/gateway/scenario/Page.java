package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;

/** The common parts of the pages of saturating scenarios. */
final class Page {

    private Page() {}

    /** @param chain what the contestants do on each route */
    static Report of(Scenario scenario, GatewayStack stack, Turns turns, Effort effort, String chain) {
        Report report = new Report(scenario.name());
        introduce(report, stack, effort);
        report.line("").line(chain);
        turns.addTo(report);
        return explainLimits(report);
    }

    private static void introduce(Report report, GatewayStack stack, Effort effort) {
        report.line(
                "%d connections request 190 bytes of JSON and send the next request as soon as they have a response,"
                        + " with the tokens (RS256) of 100 users in turn. %s Each contestant keeps as many connections"
                        + " to the service, and none writes an access log. Contestants take turns; median of %d rounds"
                        + " (lowest–highest).",
                GatewayStack.CONNECTIONS, stack.placement().description(), effort.rounds());
        report.line("");
        settings(report, stack);
    }

    /** A list of the contestants with their settings. */
    static void settings(Report report, GatewayStack stack) {
        stack.settings().forEach(line -> report.line("- " + line));
    }

    private static Report explainLimits(Report report) {
        report.line("");
        return report.line(
                "Each row has its own process, warmed up with the same kind of traffic: a JVM for at least 25 s, and"
                        + " for up to 60 s as long as it gets faster, on all cores. Where a contestant does not use its"
                        + " cores fully, wrk and the service are the limit, and processor time per request is the"
                        + " fairer comparison. Resident memory is that of all processes of the contestant after a"
                        + " round.");
    }
}
