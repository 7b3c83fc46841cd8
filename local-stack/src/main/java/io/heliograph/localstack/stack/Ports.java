package io.heliograph.localstack.stack;

import io.heliograph.localstack.store.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ports of the parts of a stack. Parts without a usual port (further replicas) get a free one. A usual or
 * configured port that is taken fails the start, because clients would otherwise use the server of another program.
 */
public final class Ports {

    public static final String POSTGRES = "postgres";
    public static final String REDIS = "redis";
    /** The echo listener of the first message-service. */
    public static final String ECHO = "echo";

    private static final String MANAGEMENT = "-management";

    private final Map<String, Integer> known;

    private Ports(Map<String, Integer> known) {
        this.known = known;
    }

    /** The documented ports, with {@code wishes} by name in the place of some. */
    public static Ports usual(Map<String, Integer> wishes) {
        Map<String, Integer> known = usual();
        known.putAll(wishes);
        return new Ports(known);
    }

    /** Free ports for all: several stacks run side by side. */
    public static Ports free() {
        return new Ports(Map.of());
    }

    /** Whether a wish may name {@code part}. */
    public static boolean knows(String part) {
        return usual().containsKey(part);
    }

    public static String names() {
        return usual().keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    /** The port of {@code part}, found to be free. */
    int of(String part) {
        Integer port = known.get(part);
        if (port == null) {
            return FreePorts.next();
        }
        requireFree(part, port);
        return port;
    }

    /** The port of a {@code part} that is not run by this stack. */
    int ofOther(String part) {
        return known.getOrDefault(part, 0);
    }

    int managementOf(String part) {
        return of(part + MANAGEMENT);
    }

    private static Map<String, Integer> usual() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            ports.put(service.label(), service.port());
            ports.put(service.label() + MANAGEMENT, service.managementPort());
        }
        ports.put(ECHO, 7007);
        // Beside the well-known ports, where a developer's own stores often listen already.
        ports.put(POSTGRES, 15432);
        ports.put(REDIS, 16379);
        return ports;
    }

    private static void requireFree(String part, int port) {
        // All addresses: a server on one of them would catch the calls of some clients to localhost.
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new StackFailure("Port %d (%s) is taken%s; stop that program or choose another port: --port %s=%d"
                    .formatted(port, part, taker(port).map(" by "::concat).orElse(""), part, FreePorts.next()));
        }
    }

    /** The listener's command and pid, where lsof is installed and allowed to see it. */
    private static Optional<String> taker(int port) {
        try {
            Process lsof = new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out = lsof.inputReader()) {
                String pid = out.readLine();
                String command = out.readLine();
                return command == null
                        ? Optional.empty()
                        : Optional.of(command.substring(1) + " (process " + pid.substring(1) + ")");
            }
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }
}
