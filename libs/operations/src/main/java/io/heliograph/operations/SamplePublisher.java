package io.heliograph.operations;

import io.heliograph.redis.PooledCommand;
import io.heliograph.redis.RedisSubscriber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Publishes a sample of this replica each second while a gateway holds a {@linkplain WatchLease lease}; otherwise it only
 * subscribes to leases. The content of a sample is defined by the {@link SampleMeters} of the service. A failed publish
 * is not repeated: the next sample follows.
 */
@Singleton
public final class SamplePublisher {

    private static final Logger LOG = Logger.getLogger(SamplePublisher.class);

    private static final long INTERVAL_MILLIS = 1_000;

    /** The first sample comes sooner, because an operator waits for it. */
    private static final long FIRST_MILLIS = 500;

    /** Ten minutes. */
    private static final long HISTORY_MILLIS = 600_000;

    /** Some 10 MB: ten minutes of 33 replicas, and less of more. */
    private static final int MAX_HISTORY = 20_000;

    /**
     * Publishes a sample ({@code ARGV[1]}), and keeps its figures ({@code ARGV[2]}) among those of the last minutes. The
     * time is that of Redis, so that it is the same for all replicas.
     */
    private static final String PUBLISH = """
            redis.call('PUBLISH', KEYS[2], ARGV[1])
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            redis.call('ZADD', KEYS[1], now, ARGV[2])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
            redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            """;

    private final Vertx vertx;
    private final Redis redis;
    private final MeterRegistry registry;
    private final SampleReader reader;
    private final Counter samples;
    private final TaskMeters tasks;
    private final Context context;
    private final RedisSubscriber subscriber;
    private final WatchLeases leases = new WatchLeases();

    private volatile JsonObject latest;
    private volatile boolean draining;
    private volatile boolean sampling;
    private boolean publishing;
    private long timer;

    SamplePublisher(Vertx vertx, Redis redis, MeterRegistry registry, SampleMeters meters) {
        this.vertx = vertx;
        this.redis = redis;
        this.registry = registry;
        this.reader = new SampleReader(registry, meters);
        this.tasks = meters.tasks();
        this.samples = Counter.builder("heliograph.operations.samples")
                .description("Samples of this replica that were taken because someone watches")
                .register(registry);
        Gauge.builder("heliograph.operations.sampling", this, publisher -> publisher.sampling ? 1 : 0)
                .description("1 while samples are taken because someone watches, else 0")
                .register(registry);
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.subscriber = new RedisSubscriber(context, redis);
    }

    void start(@Observes StartupEvent event) {
        context.runOnContext(ignored -> {
            subscriber.subscribe(OperationsChannels.WATCHERS, message -> WatchLease.parse(message)
                    .ifPresent(this::take));
            subscriber.start();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        context.runOnContext(ignored -> {
            vertx.cancelTimer(timer);
            subscriber.close();
        });
    }

    /** From now on each sample says that this replica drains, so that it is not reported as missing afterwards. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
    }

    /** Subscribes to the samples of all replicas, which arrive on an event loop. From any thread. */
    public void listen(Consumer<String> samples) {
        context.runOnContext(ignored -> subscriber.subscribe(OperationsChannels.SAMPLES, samples));
    }

    /** Ends the subscription of {@link #listen}. From any thread. */
    public void stopListening() {
        context.runOnContext(ignored -> subscriber.unsubscribe(OperationsChannels.SAMPLES));
    }

    /** Takes a lease as if it had been published on Redis. From any thread. */
    public void lease(WatchLease lease) {
        context.runOnContext(ignored -> take(lease));
    }

    /** The last sample; null while there is no lease. From any thread. */
    public JsonObject latest() {
        return latest;
    }

    private void take(WatchLease lease) {
        leases.take(lease, System.nanoTime());
        if (!sampling && leases.isWatched(System.nanoTime())) {
            sampling = true;
            reader.restart();
            timer = vertx.setTimer(FIRST_MILLIS, fired -> sampleAndRepeat());
        } else if (sampling && !leases.isWatched(System.nanoTime())) {
            end();
        }
    }

    private void sampleAndRepeat() {
        timer = vertx.setPeriodic(INTERVAL_MILLIS, fired -> sample());
        sample();
    }

    private void sample() {
        if (!leases.isWatched(System.nanoTime())) {
            end();
            return;
        }
        try {
            JsonObject figures = reader.read().toJson();
            JsonObject sample = figures.copy().put("gauges", AlertGauges.read(registry));
            if (tasks != null) {
                sample.put("tasks", tasks.read(registry));
            }
            if (draining) {
                sample.put("draining", true);
            }
            latest = sample;
            samples.increment();
            publish(sample.encode(), figures.encode());
        } catch (RuntimeException defect) {
            LOG.error("A sample could not be taken", defect);
        }
    }

    private void end() {
        sampling = false;
        latest = null;
        vertx.cancelTimer(timer);
    }

    /** One publish at a time, so that a Redis that hangs does not occupy all connections of the pool. */
    private void publish(String sample, String figures) {
        if (publishing) {
            return;
        }
        publishing = true;
        Request request = Request.cmd(Command.EVAL)
                .arg(PUBLISH)
                .arg(2)
                .arg(OperationsChannels.HISTORY)
                .arg(OperationsChannels.SAMPLES)
                .arg(sample)
                .arg(figures)
                .arg(HISTORY_MILLIS)
                .arg(MAX_HISTORY);
        PooledCommand.send(redis, request).onComplete(done -> context.runOnContext(ignored -> publishing = false));
    }
}
