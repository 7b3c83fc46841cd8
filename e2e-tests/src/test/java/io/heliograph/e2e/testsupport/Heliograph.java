package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.stack.Console;
import io.heliograph.localstack.stack.Ports;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.stack.Stack;
import io.heliograph.localstack.stack.StackSettings;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.OpenIdProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One running Heliograph with two gateways and two message-services, shared by all tests of this JVM.
 * A test that breaks something restores it.
 * The log of the services is in {@code target/stack-<number of the JVM>.log}.
 */
public final class Heliograph implements AutoCloseable {

    /** From when a signing key was made until it signs: longer than a slow machine takes to make it and to read the file. */
    public static final int PUBLISH_AHEAD_SECONDS = 10;

    /** What a process may take to end: its delay, and the timeout that each service has built in. */
    public static final Duration GATEWAY_GRACE = Duration.ofSeconds(6 + 5);

    public static final Duration MESSAGE_GRACE = Duration.ofSeconds(3 + 3);

    /** Openings of sockets and joins that a replica of message-service admits. */
    public static final int ARRIVALS_PER_SECOND = 300;

    private static final Path DATA = Path.of(System.getProperty("heliograph.data"));

    /** A restarted service needs the time of a start, on a machine that may be busy; a store is seen again much sooner. */
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    /** What takes its time in earnest, made short, and the rate of new connections so low that a test meets it. */
    private static final Map<String, String> MESSAGE_SETTINGS = Map.of(
            // A site of a test.
            "HELIOGRAPH_EGRESS_ALLOWED_NETWORKS", "127.0.0.1",
            "QUARKUS_SHUTDOWN_DELAY", "3S",
            "HELIOGRAPH_SOCKET_DRAIN_PERIOD", "2S",
            "HELIOGRAPH_SOCKET_DRAIN_SPREAD", "1S",
            "HELIOGRAPH_OVERLOAD_MAX_RATE", "" + ARRIVALS_PER_SECOND,
            "HELIOGRAPH_OVERLOAD_MAX_WAITING", "100",
            "HELIOGRAPH_PRESENCE_REFRESH_INTERVAL", "1S",
            "HELIOGRAPH_PRESENCE_EXPIRY", "6S",
            // An import has a middle, also on a fast machine.
            "HELIOGRAPH_IMPORTS_SENDS_AT_ONCE", "25",
            "QUARKUS_DATASOURCE_REACTIVE_ADDITIONAL_PROPERTIES_STATEMENT_TIMEOUT", "14000");

    /** A machine that is busy with tests must not look like a store or a service that hangs. */
    private static final Map<String, String> PATIENCE = Map.of(
            "HELIOGRAPH_DATABASE_TIMEOUT", "15S",
            "HELIOGRAPH_DATABASE_STATEMENT_TIMEOUT", "12S",
            "HELIOGRAPH_TOKENS_FETCH_TIMEOUT", "15S");

    /**
     * Keys that sign soon after they were made. Password hashes that cost a tenth: every test signs people in, and none of
     * them is about that cost; and so little time for those of a batch that a large one does not get all of them done.
     */
    private static final Map<String, String> USER_SETTINGS = Map.of(
            "HELIOGRAPH_TOKENS_RELOAD_INTERVAL", "0.5S",
            "HELIOGRAPH_TOKENS_PUBLISH_AHEAD", PUBLISH_AHEAD_SECONDS + "S",
            "HELIOGRAPH_PASSWORDS_MEMORY_KIB", "4096",
            "HELIOGRAPH_PASSWORDS_ITERATIONS", "1",
            "HELIOGRAPH_BATCHES_HASHING_TIMEOUT", "2S");

    /** All tests come from one address; and a limit that only one of them meets. */
    private static final Map<String, String> GATEWAY_SETTINGS = Map.of(
            "QUARKUS_SHUTDOWN_DELAY", "6S",
            "HELIOGRAPH_GATEWAY_WEBSOCKET_DRAIN_PERIOD", "2S",
            "HELIOGRAPH_GATEWAY_LIMITS_LOGIN_REQUESTS", "10000",
            "HELIOGRAPH_GATEWAY_LIMITS_REGISTER_REQUESTS", "10000",
            "HELIOGRAPH_GATEWAY_LIMITS_HUNDRED_BY", "user",
            "HELIOGRAPH_GATEWAY_LIMITS_HUNDRED_REQUESTS", "100",
            // So long that a slow machine does not get to its end.
            "HELIOGRAPH_GATEWAY_LIMITS_HUNDRED_WINDOW", "1H",
            "HELIOGRAPH_GATEWAY_ROUTES_JOBS_LIMITS", "hundred",
            "HELIOGRAPH_GATEWAY_LIMITER_REPLICAS", "2",
            // Nor like a Redis that hangs.
            "HELIOGRAPH_GATEWAY_LIMITER_TIMEOUT", "1S");

    private final Stack stack;
    private final PrintStream log;
    private final OpenIdProvider otherIssuer;
    private final URI embedder;

    private Heliograph(Stack stack, PrintStream log, OpenIdProvider otherIssuer, URI embedder) {
        this.stack = stack;
        this.log = log;
        this.otherIssuer = otherIssuer;
        this.embedder = embedder;
    }

    static Heliograph start() {
        ClassArchives.make(home(), DATA.toAbsolutePath().getParent());
        try {
            Files.createDirectories(DATA);
            PrintStream log = new PrintStream(
                    DATA.resolveSibling(DATA.getFileName() + ".log").toFile(), StandardCharsets.UTF_8);
            OpenIdProvider otherIssuer = OpenIdProvider.start();
            URI embedder = URI.create("http://localhost:" + FreePorts.next());
            Map<String, String> gatewaySettings = new HashMap<>(GATEWAY_SETTINGS);
            gatewaySettings.put("HELIOGRAPH_GATEWAY_CORS_ORIGINS", embedder.toString());
            StackSettings settings = new StackSettings(
                    home(),
                    DATA,
                    true,
                    Map.of(Service.MESSAGE, 2, Service.GATEWAY, 2),
                    Ports.free(),
                    Map.of(
                            Service.USER, trusting(otherIssuer, USER_SETTINGS),
                            Service.MESSAGE, trusting(otherIssuer, MESSAGE_SETTINGS),
                            Service.GATEWAY, trusting(otherIssuer, gatewaySettings)));
            Stack stack = new Stack(settings, new Console(log, false));
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
            return new Heliograph(stack.start(), log, otherIssuer, embedder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> trusting(OpenIdProvider issuer, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(PATIENCE);
        all.putAll(settings);
        all.put("HELIOGRAPH_TOKENS_ISSUERS_OTHER_ISSUER", issuer.issuer());
        all.put("HELIOGRAPH_TOKENS_ISSUERS_OTHER_AUDIENCE", OpenIdProvider.AUDIENCE);
        return all;
    }

    /** One whose people are welcome beside ours. */
    public OpenIdProvider otherIssuer() {
        return otherIssuer;
    }

    /** The origin of a product whose pages may call the API; nothing listens there unless a test does. */
    public URI embedder() {
        return embedder;
    }

    /** The folder of the whole project. */
    public static Path home() {
        return Path.of(System.getProperty("heliograph.home")).toAbsolutePath().normalize();
    }

    /** The gateway. */
    public Api gateway() {
        return gateway(0);
    }

    /** The gateway, as the administrator of the stack. */
    public Api admin() {
        return gateway().withToken(adminToken());
    }

    /** A new access token of the administrator of the stack. */
    public String adminToken() {
        return gateway()
                .post("/api/auth/login", Map.of("login", "admin", "password", Stack.DEMO_PASSWORD))
                .expect(200)
                .body()
                .get("accessToken")
                .textValue();
    }

    /** One of the two gateways, 0 or 1. */
    public Api gateway(int replica) {
        return api(gatewayProcess(replica));
    }

    public ServiceProcess gatewayProcess(int replica) {
        return stack.replicas(Service.GATEWAY).get(replica);
    }

    public Metrics gatewayMetrics(int replica) {
        return Metrics.of(gatewayProcess(replica));
    }

    public Api users() {
        return api(stack.replicas(Service.USER).get(0));
    }

    /** A replica (0 or 1) of message-service, past the gateway. */
    public Api messages(int replica) {
        return api(messageProcess(replica));
    }

    public ServiceProcess messageProcess(int replica) {
        return stack.replicas(Service.MESSAGE).get(replica);
    }

    /** The meters of a message-service, as Prometheus would read them. */
    public Metrics metrics(int replica) {
        return Metrics.of(messageProcess(replica));
    }

    /** The meters of any replica. */
    public Metrics metricsOf(ServiceProcess replica) {
        return Metrics.of(replica);
    }

    public Stack stack() {
        return stack;
    }

    public PostgresServer postgres() {
        return stack.stores().postgres().orElseThrow();
    }

    /** Where PostgreSQL has all it stores. */
    public Path postgresData() {
        return DATA.resolve("postgres");
    }

    public RedisServer redis() {
        return stack.stores().redis().orElseThrow();
    }

    /** The private key set that the access tokens of this stack are signed with. */
    public Path signingKeys() {
        return DATA.resolve("keys/signing-keys.json");
    }

    /** Starts what a test has ended, stores and services, and {@linkplain #awaitReady waits} until all are ready. */
    public void revive() {
        postgres().start();
        redis().start();
        replicas().forEach(ServiceProcess::start);
        awaitReady();
    }

    /** Waits until every service takes traffic again, so that the next test begins with a whole Heliograph. */
    public void awaitReady() {
        Awaitility.await().atMost(RECOVERY).until(() -> replicas().allMatch(ServiceProcess::isReady));
    }

    /** Of all services. */
    public Stream<ServiceProcess> replicas() {
        return Arrays.stream(Service.values()).flatMap(service -> stack.replicas(service).stream());
    }

    /** Registers and signs in someone whose name begins with {@code name} and is unique. */
    public Person person(String name) {
        String username = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        String id = register(username).expect(201).body().get("id").textValue();
        String token = signIn(username).get("accessToken").textValue();
        return new Person(UUID.fromString(id), username, token);
    }

    /** Such a person with the role {@code integrator} besides. */
    public Person integrator(String name) {
        Person person = person(name);
        String token = Tokens.of(signingKeys()).with(claims -> {
            claims.setSubject(person.id().toString());
            claims.setStringClaim("upn", person.username());
            claims.setStringListClaim("groups", List.of("user", "integrator"));
            claims.setExpirationTimeMinutesInTheFuture(60);
        });
        return new Person(person.id(), person.username(), token);
    }

    /** Asks for an account of this name. */
    public Reply register(String username) {
        Map<String, String> account =
                Map.of("username", username, "email", username + "@example.org", "password", password(username));
        return gateway().post("/api/auth/register", account);
    }

    /** The tokens of a new session of {@link #person someone}. */
    public JsonNode signIn(String username) {
        return gateway()
                .post("/api/auth/login", Map.of("login", username, "password", password(username)))
                .expect(200)
                .body();
    }

    @Override
    public void close() {
        stack.close();
        otherIssuer.close();
        log.close();
    }

    /** Of {@link #person someone}. */
    public static String password(String username) {
        return "correct horse " + username;
    }

    private static Api api(ServiceProcess process) {
        return new Api(process.http(""), null);
    }
}
