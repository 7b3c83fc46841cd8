package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;

/** What pages of scenarios under full load have in common. */
final class Page {

    private Page() {}

    /** @param chain what contestants do on their ways */
    static Report of(Scenario scenario, GatewayStack stack, Turns turns, Effort effort, String chain) {
        Report report = new Report(scenario.name());
        introduce(report, stack, effort);
        report.line("").line(chain);
        turns.addTo(report);
        return explainLimits(report);
    }

    private static void introduce(Report report, GatewayStack stack, Effort effort) {
        report.line(
                "%d connections ask for 190 bytes of JSON as soon as they are answered, with the tokens (RS256) of 100 users"
                        + " in turn. %s All keep as many connections to the service, and none writes an access log."
                        + " Contestants take turns; median of %d rounds (lowest–highest).",
                GatewayStack.CONNECTIONS, stack.placement().description(), effort.rounds());
        report.line("");
        settings(report, stack);
    }

    /** What the contestants are, each a point of a list. */
    static void settings(Report report, GatewayStack stack) {
        stack.settings().forEach(line -> report.line("- " + line));
    }

    private static Report explainLimits(Report report) {
        report.line("");
        return report.line(
                "Each has a process of its own for each row, warm from traffic of its kind: a JVM is given 25 s of it at the"
                        + " least, and up to 60 s for as long as it gets faster, on all cores. Where one does not fill what it"
                        + " has, wrk and the service are what limits it, and the processor time per request is the fairer"
                        + " comparison. Resident memory is that of all its processes after a round.");
    }
}
