package io.heliograph.localstack.stack;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The PostgreSQL and the Redis of a stack: embedded ones, unless the environment names others. */
public final class Stores implements AutoCloseable {

    private static final String POSTGRES_URL = "QUARKUS_DATASOURCE_REACTIVE_URL";
    private static final String REDIS_HOSTS = "QUARKUS_REDIS_HOSTS";

    private final Map<String, String> environment = new HashMap<>();
    private final DataFolder folder;
    private final Console console;
    private final OptionalInt postgresPort;
    private final OptionalInt redisPort;
    private PostgresServer postgres;
    private RedisServer redis;

    Stores(DataFolder folder, Ports ports, Console console) {
        this.folder = folder;
        this.console = console;
        this.postgresPort = isEmbedded(POSTGRES_URL) ? OptionalInt.of(ports.of(Ports.POSTGRES)) : OptionalInt.empty();
        this.redisPort = isEmbedded(REDIS_HOSTS) ? OptionalInt.of(ports.of(Ports.REDIS)) : OptionalInt.empty();
    }

    /** Takes some tenths of a second. */
    void startRedis() {
        redisPort.ifPresent(this::startRedis);
    }

    /** Takes some seconds. */
    void startPostgres() {
        postgresPort.ifPresent(this::startPostgres);
    }

    /** Starts an embedded store again that has ended by itself. */
    void revive() {
        if (redis != null && !redis.isAlive()) {
            console.say("Redis ended; starting it again");
            folder.note(redis.start().process());
        }
        if (postgres != null && !postgres.isAlive()) {
            console.say("PostgreSQL ended; starting it again");
            postgres.stop();
            postgres.start();
        }
    }

    /** The settings of the services; empty for a store that the environment names. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** The embedded one, unless the environment names another. */
    public Optional<PostgresServer> postgres() {
        return Optional.ofNullable(postgres);
    }

    /** The embedded one, unless the environment names another. */
    public Optional<RedisServer> redis() {
        return Optional.ofNullable(redis);
    }

    @Override
    public void close() {
        redis().ifPresent(RedisServer::close);
        postgres().ifPresent(PostgresServer::close);
    }

    private void startRedis(int port) {
        redis = timed("Redis", port, () -> RedisServer.start(folder.binaries().resolve("redis"), port));
        folder.note(redis.process());
        environment.put(REDIS_HOSTS, redis.serviceUrl());
    }

    private void startPostgres(int port) {
        postgres = timed("PostgreSQL", port, () -> PostgresServer.durable(folder.postgres(), port));
        environment.put(POSTGRES_URL, postgres.reactiveUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        // Any value works: the embedded server accepts all clients, and listens only on this machine.
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
    }

    private static boolean isEmbedded(String variable) {
        return System.getenv(variable) == null;
    }

    private <T> T timed(String name, int port, Supplier<T> start) {
        console.say("starting " + name);
        Stopwatch watch = new Stopwatch();
        try {
            T store = start.get();
            console.say("%s is ready on port %d (%s)".formatted(name, port, watch));
            return store;
        } catch (RuntimeException e) {
            throw new StackFailure(e.getMessage(), e);
        }
    }
}
