package io.heliograph.localstack.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services of Heliograph, in the order in which a stack stops them: first the gateway, last what others ask. */
public enum Service {
    GATEWAY(8080, 9080, 192),
    MESSAGE(8082, 9082, 384),
    USER(8081, 9081, 192);

    private final int port;
    private final int managementPort;
    private final int heapMegabytes;

    Service(int port, int managementPort, int heapMegabytes) {
        this.port = port;
        this.managementPort = managementPort;
        this.heapMegabytes = heapMegabytes;
    }

    public static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.label().equals(name))
                .findFirst();
    }

    /** The names that {@link #named} knows, for a person to choose from. */
    public static String names() {
        return Arrays.stream(values()).map(Service::label).collect(Collectors.joining(", "));
    }

    /** The short name used in options, ports and log lines. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the module that holds it. */
    public String module() {
        return label() + "-service";
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** Room for a developer's load; three services and their stores fit a 4 GB machine with it. */
    int heapMegabytes() {
        return heapMegabytes;
    }
}
