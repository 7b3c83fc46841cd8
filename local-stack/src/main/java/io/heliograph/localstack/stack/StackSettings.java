package io.heliograph.localstack.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * What stack to start.
 *
 * @param home the folder that holds the packaged modules
 * @param data where it keeps what is stored; made if absent
 * @param fresh whether to forget what an earlier stack stored there
 * @param replicas how many processes of a service; one of those not named
 * @param ports which ports they take
 */
public record StackSettings(Path home, Path data, boolean fresh, Map<Service, Integer> replicas, Ports ports) {

    int replicasOf(Service service) {
        return replicas.getOrDefault(service, 1);
    }
}
