package io.heliograph.operations;

import java.util.List;
import java.util.Set;

/**
 * The meters of one service that a sample is made of; a bean of each service. The meters that all services have are in
 * {@link SampleReader}.
 *
 * @param service its name
 * @param replica unique among the replicas of the service
 * @param streams values of the label {@code uri} whose requests become streams and say nothing about latency
 * @param inFlight gauges of requests that have not been answered
 * @param connections gauges of open WebSockets
 * @param deliveries counters of changes written to sockets
 * @param poolInUse gauges of connections in use
 * @param poolWaiting gauges of requests that wait for a connection
 * @param tasks the meters of its background tasks; null for a service that has none
 */
public record SampleMeters(
        String service,
        String replica,
        Set<String> streams,
        List<MeterName> inFlight,
        List<MeterName> connections,
        List<MeterName> deliveries,
        List<MeterName> poolInUse,
        List<MeterName> poolWaiting,
        TaskMeters tasks) {

    /** A meter, and the label that it must have; the label is null if any will do. */
    public record MeterName(String name, String label, String value) {

        public static MeterName of(String name) {
            return new MeterName(name, null, null);
        }
    }
}
