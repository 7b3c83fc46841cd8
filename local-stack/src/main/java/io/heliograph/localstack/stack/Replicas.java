package io.heliograph.localstack.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The processes that a stack starts, with their ports: assigned before the first start, as they refer to each other.
 */
final class Replicas {

    private static final String LOCALHOST = "localhost";

    /**
     * All clients of the stack have one address, and scripts sign in many users, so limits are higher; but each limit
     * can still be reached.
     */
    private static final Map<String, String> LIMITS = Map.of(
            "HELIOGRAPH_GATEWAY_LIMITS_LOGIN_REQUESTS", "100",
            "HELIOGRAPH_GATEWAY_LIMITS_REGISTER_REQUESTS", "300",
            "HELIOGRAPH_GATEWAY_LIMITS_ADDRESS_REQUESTS", "20000",
            "HELIOGRAPH_GATEWAY_LIMITS_USER_REQUESTS", "20000");

    private final Map<Service, List<Address>> addresses = new EnumMap<>(Service.class);
    private final StackSettings settings;
    private final Path keys;
    private final DataFolder folder;
    /** Between the processes of one stack alone, so each stack makes its own. */
    private final String feedSecret = UUID.randomUUID().toString();

    private record Address(String name, int port, int managementPort) {

        String url() {
            return "http://" + LOCALHOST + ":" + port;
        }
    }

    Replicas(StackSettings settings, Path keys, DataFolder folder) {
        this.settings = settings;
        this.keys = keys;
        this.folder = folder;
        for (Service service : Service.values()) {
            addresses.put(service, allot(service));
        }
    }

    /** How to start the replicas of {@code service}, with {@code stores} in their environment. */
    List<ServiceProcess.Launch> launches(Service service, Map<String, String> stores) {
        List<ServiceProcess.Launch> launches = new ArrayList<>();
        for (Address address : addresses.get(service).subList(0, settings.replicasOf(service))) {
            Map<String, String> environment = new HashMap<>(stores);
            environment.putAll(environment(service, address));
            environment.putAll(settings.environmentOf(service));
            launches.add(new ServiceProcess.Launch(
                    address.name(), command(service, address), environment, address.port(), address.managementPort()));
        }
        return launches;
    }

    /** The settings that {@code quarkus:dev} of a service needs besides the stores, to work with the rest of this stack. */
    Map<String, String> devSettings() {
        return Map.of(
                "heliograph.tokens.signing-keys", keys.toString(),
                "heliograph.tokens.jwks-url", jwksUrl(),
                "heliograph.feed.secret", feedSecret,
                "heliograph.demo.accounts", "true",
                "heliograph.demo.password", Stack.DEMO_PASSWORD,
                "quarkus.rest-client.users.url", firstUrl(Service.USER),
                "heliograph.gateway.upstreams.users.urls", urls(Service.USER),
                "heliograph.gateway.upstreams.messages.urls", urls(Service.MESSAGE));
    }

    private List<Address> allot(Service service) {
        if (settings.replicasOf(service) == 0) {
            return List.of(new Address(service.label(), settings.ports().ofOther(service.label()), 0));
        }
        return IntStream.rangeClosed(1, settings.replicasOf(service))
                .mapToObj(number -> number == 1 ? service.label() : service.label() + "-" + number)
                .map(name -> new Address(
                        name, settings.ports().of(name), settings.ports().managementOf(name)))
                .toList();
    }

    private List<String> command(Service service, Address address) {
        Path jar = settings.home().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackFailure(jar + " is missing; build it: ./mvnw -DskipTests package");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Halves the processor time of a start, which a developer waits for, at the price of a slower peak.
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + service.heapMegabytes() + "m",
                // As the chart has it: the heap is small.
                "-XX:+UseSerialGC",
                // A service without memory cannot serve requests; the launcher reports that it ended.
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + folder.temporary()));
        command.addAll(
                ClassArchive.of(settings.home().resolve(service.module())).options());
        if (service == Service.GATEWAY) {
            command.addAll(accessLog(folder.logs().resolve(address.name() + "-access.log")));
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** A line for each request would hide what a person looks for on the console. */
    private static List<String> accessLog(Path file) {
        String handler = "-Dquarkus.log.handler.file.\"access-file\".";
        return List.of(
                handler + "enabled=true",
                handler + "path=" + file,
                handler + "format=%s%n",
                "-Dquarkus.log.category.\"heliograph.access\".handlers=access-file");
    }

    private Map<String, String> environment(Service service, Address address) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", LOCALHOST);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(address.port()));
        environment.put("QUARKUS_MANAGEMENT_HOST", LOCALHOST);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(address.managementPort()));
        environment.put("HELIOGRAPH_TOKENS_JWKS_URL", jwksUrl());
        switch (service) {
            case USER -> {
                environment.put("HELIOGRAPH_TOKENS_SIGNING_KEYS", keys.toString());
                environment.put("HELIOGRAPH_FEED_SECRET", feedSecret);
                environment.put("HELIOGRAPH_DEMO_ACCOUNTS", "true");
                environment.put("HELIOGRAPH_DEMO_PASSWORD", Stack.DEMO_PASSWORD);
            }
            case GATEWAY -> {
                environment.put("HELIOGRAPH_GATEWAY_UPSTREAMS_USERS_URLS", urls(Service.USER));
                environment.put("HELIOGRAPH_GATEWAY_UPSTREAMS_MESSAGES_URLS", urls(Service.MESSAGE));
                // Without Redis each admits its part of a limit.
                environment.put(
                        "HELIOGRAPH_GATEWAY_LIMITER_REPLICAS", Integer.toString(settings.replicasOf(Service.GATEWAY)));
                // All processes start on one machine, and Redis may be slow meanwhile.
                environment.put("HELIOGRAPH_GATEWAY_LIMITER_TIMEOUT", "1S");
                // Here everyone has the same address.
                environment.put("HELIOGRAPH_GATEWAY_WEBSOCKET_MAX_PER_ADDRESS", "20000");
                environment.putAll(LIMITS);
            }
            case MESSAGE -> {
                environment.put("QUARKUS_REST_CLIENT_USERS_URL", firstUrl(Service.USER));
                environment.put("HELIOGRAPH_FEED_SECRET", feedSecret);
                if (address.name().equals(service.label())) {
                    environment.put("HELIOGRAPH_ECHO_ENABLED", "true");
                    environment.put(
                            "HELIOGRAPH_ECHO_PORT",
                            Integer.toString(settings.ports().of(Ports.ECHO)));
                }
            }
        }
        return environment;
    }

    private String jwksUrl() {
        return firstUrl(Service.USER) + "/.well-known/jwks.json";
    }

    private String firstUrl(Service service) {
        return addresses.get(service).get(0).url();
    }

    private String urls(Service service) {
        return addresses.get(service).stream().map(Address::url).collect(Collectors.joining(","));
    }
}
