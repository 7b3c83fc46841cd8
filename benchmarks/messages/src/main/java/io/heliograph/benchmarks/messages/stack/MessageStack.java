package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.ServiceProcess;
import io.heliograph.benchmarks.harness.process.Sql;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.TokenIssuer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;

/**
 * One replica of message-service with its dependencies: a PostgreSQL with durable commits, a Redis, a token issuer.
 * Everything is new, and {@link #close} removes it.
 */
public final class MessageStack implements AutoCloseable {

    /** Longer than a run, since tokens are not renewed. */
    private static final int TOKEN_MINUTES = 120;

    private final Path folder;
    private final TokenIssuer issuer = TokenIssuer.startWithRsa();
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final ServiceProcess replica;
    private final ExecutorService joining = Executors.newFixedThreadPool(8);

    /**
     * @param jvm options of the JVM of the service
     * @param cores the cores to pin the service to, in the syntax of {@code taskset}; null for all
     */
    public MessageStack(List<String> jvm, String cores) {
        this(Jdk.first(), jvm, cores, Map.of());
    }

    /** @param more settings of the service, in addition to those of every scenario */
    public MessageStack(List<String> jvm, String cores, Map<String, String> more) {
        this(Jdk.first(), jvm, cores, more);
    }

    /** The same on the given JDK. */
    public MessageStack(Jdk jdk, List<String> jvm, String cores, Map<String, String> more) {
        folder = Machine.newFolder();
        postgres = PostgresServer.durable(folder.resolve("postgres"), FreePorts.next());
        redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());
        replica = ServiceProcess.start("message-service", jdk, jvm, cores, settings(more));
    }

    public ServiceProcess replica() {
        return replica;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public Usage postgresUsage() {
        return new Usage(postgres.process().orElseThrow());
    }

    public Usage redisUsage() {
        return new Usage(redis.process());
    }

    /** Pins the stores and the load to these cores, so that the service has its own. */
    public void pinTheRest(String cores) {
        Machine.pin(postgres.process().orElseThrow(), cores);
        Machine.pin(redis.process(), cores);
        Machine.pinMyself(cores);
    }

    public List<Person> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> person(UUID.randomUUID()))
                .toList();
    }

    /** The same users with new tokens, which the service has not seen. */
    public List<Person> withFreshTokens(List<Person> people) {
        return people.stream().map(person -> person(person.id())).toList();
    }

    /** Creates a room with these users as members; the first one is the owner. */
    public UUID room(List<Person> people) {
        String room = replica.ask(
                        "POST", "/api/rooms", people.get(0).token(), "{\"name\":\"a room\",\"visibility\":\"public\"}")
                .body();
        UUID id = UUID.fromString(room.replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1"));
        List<Callable<String>> joins = people.stream()
                .skip(1)
                .map(person -> (Callable<String>)
                        () -> replica.ask("PUT", "/api/rooms/" + id + "/members/" + person.id(), person.token(), "")
                                .body())
                .toList();
        try {
            for (Future<String> join : joining.invokeAll(joins)) {
                join.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return id;
    }

    /** The number of messages of the room. */
    public long messages(UUID room, Person member) {
        String answer =
                replica.ask("GET", "/api/rooms/" + room, member.token(), "").body();
        return Long.parseLong(answer.replaceFirst(".*\"lastSeq\":(\\d+).*", "$1"));
    }

    /** Sets the position of a disabled webhook, so that it starts after this revision when enabled. */
    public void setCursor(UUID webhook, long rev) {
        Sql.execute(
                postgres,
                "update message_service.webhooks set enabled = false where id = '" + webhook + "';"
                        + "update message_service.webhook_rooms set rev = " + rev + ", known = " + rev
                        + " where webhook_id = '"
                        + webhook + "'");
    }

    @Override
    public void close() {
        joining.shutdown();
        Machine.unpinMyself();
        replica.close();
        redis.close();
        postgres.close();
        issuer.close();
        FileUtils.deleteQuietly(folder.toFile());
    }

    /** A user who may create webhooks. */
    public Person integrator() {
        return person(UUID.randomUUID(), List.of("user", "integrator"));
    }

    private Person person(UUID id) {
        return person(id, List.of("user"));
    }

    private Person person(UUID id, List<String> roles) {
        return new Person(id, issuer.token(id, "user-" + id.toString().substring(0, 8), claims -> {
            claims.setStringListClaim("groups", roles);
            claims.setExpirationTimeMinutesInTheFuture(TOKEN_MINUTES);
        }));
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.datasource.reactive.url",
                postgres.reactiveUrl(),
                "quarkus.datasource.username",
                PostgresServer.USER,
                "quarkus.redis.hosts",
                redis.url(),
                "heliograph.tokens.jwks-url",
                issuer.jwksUrl(),
                // Effectively disables the limit per user, since each sender stands for many users.
                "heliograph.socket.sends-per-second",
                "1000000",
                "heliograph.socket.send-burst",
                "1000000",
                // Within minutes the rounds use more users, with two tokens each, than a replica serves in hours.
                "heliograph.tokens.cache-size",
                "100000"));
        settings.putAll(more);
        return settings;
    }
}
