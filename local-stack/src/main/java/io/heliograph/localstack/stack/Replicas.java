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

/** Every process a stack is going to start, with its ports: known before the first starts, as they name each other. */
final class Replicas {

    private static final String LOCALHOST = "localhost";

    /**
     * Everyone who tries the stack comes from one address, and scripts sign in many people; still, whoever asks often
     * enough meets each limit.
     */
    private static final Map<String, String> LIMITS = Map.of(
            "HELIOGRAPH_GATEWAY_LIMITS_LOGIN_REQUESTS", "100",
            "HELIOGRAPH_GATEWAY_LIMITS_REGISTER_REQUESTS", "300",
            "HELIOGRAPH_GATEWAY_LIMITS_ADDRESS_REQUESTS", "20000",
            "HELIOGRAPH_GATEWAY_LIMITS_USER_REQUESTS", "20000");

    private final Map<Service, List<Address>> addresses = new EnumMap<>(Service.class);
    private final StackSettings settings;
    private final Path keys;
    private final Path temporary;
    /** Between the processes of one stack alone, so each stack makes its own. */
    private final String feedSecret = UUID.randomUUID().toString();

    private record Address(String name, int port, int managementPort) {

        String url() {
            return "http://" + LOCALHOST + ":" + port;
        }
    }

    Replicas(StackSettings settings, Path keys, Path temporary) {
        this.settings = settings;
        this.keys = keys;
        this.temporary = temporary;
        for (Service service : Service.values()) {
            addresses.put(service, allot(service));
        }
    }

    /** How to start the replicas of {@code service}, with {@code stores} in their environment. */
    List<ServiceProcess.Launch> launches(Service service, Map<String, String> stores) {
        List<ServiceProcess.Launch> launches = new ArrayList<>();
        for (Address address : addresses.get(service)) {
            Map<String, String> environment = new HashMap<>(stores);
            environment.putAll(environment(service, address));
            environment.putAll(settings.environmentOf(service));
            launches.add(new ServiceProcess.Launch(
                    address.name(), command(service), environment, address.port(), address.managementPort()));
        }
        return launches;
    }

    private List<Address> allot(Service service) {
        return IntStream.rangeClosed(1, settings.replicasOf(service))
                .mapToObj(number -> number == 1 ? service.label() : service.label() + "-" + number)
                .map(name -> new Address(
                        name, settings.ports().of(name), settings.ports().managementOf(name)))
                .toList();
    }

    private List<String> command(Service service) {
        Path jar = settings.home().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackFailure(jar + " is missing; build it: ./mvnw -DskipTests package");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Halves the processor time of a start, which a developer waits for, at the price of a slower peak.
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + service.heapMegabytes() + "m",
                // A service that has run out of memory answers nobody well; the launcher says that it ended.
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                jar.toString());
    }

    private Map<String, String> environment(Service service, Address address) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", LOCALHOST);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(address.port()));
        environment.put("QUARKUS_MANAGEMENT_HOST", LOCALHOST);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(address.managementPort()));
        environment.put("HELIOGRAPH_TOKENS_JWKS_URL", firstUrl(Service.USER) + "/.well-known/jwks.json");
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
                // Here everyone has the same address.
                environment.put("HELIOGRAPH_GATEWAY_TUNNELS_MAX_PER_ADDRESS", "20000");
                environment.putAll(LIMITS);
            }
            case MESSAGE -> {
                environment.put("QUARKUS_REST_CLIENT_USERS_URL", firstUrl(Service.USER));
                environment.put("HELIOGRAPH_FEED_SECRET", feedSecret);
            }
        }
        return environment;
    }

    private String firstUrl(Service service) {
        return addresses.get(service).get(0).url();
    }

    private String urls(Service service) {
        return addresses.get(service).stream().map(Address::url).collect(Collectors.joining(","));
    }
}
