package io.heliograph.localstack.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * What stack to start.
 *
 * @param home the folder that holds the packaged modules
 * @param data the folder of stored data; created if absent
 * @param fresh whether to delete the data of an earlier stack there
 * @param replicas the number of processes of a service, 0 for one that is run elsewhere; 1 by default
 * @param ports the ports of the parts
 * @param environment further environment variables of the processes of a service
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
