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
 * What message-service needs and one replica of it: a PostgreSQL whose commits reach the disk, a Redis, an issuer of
 * tokens. Everything is new, and gone after {@link #close}.
 */
public final class MessageStack implements AutoCloseable {

    /** A run takes minutes, and nobody renews these. */
    private static final int TOKEN_MINUTES = 120;

    private final Path folder;
    private final TokenIssuer issuer = TokenIssuer.start();
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final ServiceProcess replica;
    private final ExecutorService joining = Executors.newFixedThreadPool(8);

    /**
     * @param jvm options of the service's JVM
     * @param cores what the service is kept to, as {@code taskset} takes it; null for all
     */
    public MessageStack(List<String> jvm, String cores) {
        this(Jdk.first(), jvm, cores, Map.of());
    }

    /** @param more settings of the service beside those that every scenario needs */
    public MessageStack(List<String> jvm, String cores, Map<String, String> more) {
        this(Jdk.first(), jvm, cores, more);
    }

    /** The same on a certain JDK. */
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

    /** Leaves the cores of the service to it: the stores and the load run on these. */
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

    /** The same people with other tokens, which the service has not seen. */
    public List<Person> withFreshTokens(List<Person> people) {
        return people.stream().map(person -> person(person.id())).toList();
    }

    /** A room that these people are in; the first one owns it. */
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

    /** How many messages the room holds. */
    public long messages(UUID room, Person member) {
        String answer =
                replica.ask("GET", "/api/rooms/" + room, member.token(), "").body();
        return Long.parseLong(answer.replaceFirst(".*\"lastSeq\":(\\d+).*", "$1"));
    }

    /** Lets a webhook, which waits to be enabled, begin after this revision. */
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

    /** Somebody who may have webhooks. */
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
                // What one person may send is no limit here: each sender stands for many.
                "heliograph.socket.sends-per-second",
                "1000000",
                "heliograph.socket.send-burst",
                "1000000",
                // Within minutes the rounds bring more people, with two tokens each, than a replica meets in hours.
                "heliograph.tokens.cache-size",
                "100000"));
        settings.putAll(more);
        return settings;
    }
}
