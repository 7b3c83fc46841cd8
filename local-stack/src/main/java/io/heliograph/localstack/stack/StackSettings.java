package io.heliograph.localstack.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * What stack to start.
 *
 * @param home the folder that holds the packaged modules
 * @param data where it keeps what is stored; made if absent
 * @param fresh whether to forget what an earlier stack stored there
 * @param replicas how many processes of a service, 0 for one that somebody else runs; one of those not named
 * @param ports which ports they take
 * @param environment what the processes of a service have in their environment besides
 */
public record StackSettings(
        Path home,
        Path data,
        boolean fresh,
        Map<Service, Integer> replicas,
        Ports ports,
        Map<Service, Map<String, String>> environment) {

    /** With nothing of its own in any environment. */
    public StackSettings(Path home, Path data, boolean fresh, Map<Service, Integer> replicas, Ports ports) {
        this(home, data, fresh, replicas, ports, Map.of());
    }

    Map<String, String> environmentOf(Service service) {
        return environment.getOrDefault(service, Map.of());
    }

    int replicasOf(Service service) {
        return replicas.getOrDefault(service, 1);
    }
}
