package io.heliograph.message.overload;

import io.heliograph.message.overload.Arrival.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * Admits arrivals at a given rate: a token bucket that delays what exceeds the rate. Joins and openings wait in two
 * bounded queues, which are served in turns; openings wait a bounded time. A rejected arrival gets a random time after
 * which to retry, so that rejected clients return at about the rate at which they can be admitted. Thread-safe.
 */
final class TrafficShaper {

    private static final double NANOS = 1e9;
    /** The burst that is admitted after a pause, in seconds of the rate; larger ones delay the connected clients. */
    private static final double BURST = 0.02;
    /** Joins that may wait, some 200 bytes each. */
    private static final int MAX_JOINS = 20_000;

    private record Waiting(Arrival arrival, long since) {}

    private final OverloadConfig config;
    private final LongSupplier nanoTime;
    private final IntUnaryOperator random;
    private final Map<Kind, Deque<Waiting>> queues = new EnumMap<>(Kind.class);
    private double rate;
    private double tokens;
    private long filledAt;
    /** Rejected arrivals that are expected to return; decreases at the rate of admission. */
    private double returning;

    private boolean usedUp;
    private Kind lastAdmitted = Kind.OPENING;

    /** @param random a random number from 0 to below its argument */
    TrafficShaper(OverloadConfig config, double rate, LongSupplier nanoTime, IntUnaryOperator random) {
        this.config = config;
        this.rate = rate;
        this.nanoTime = nanoTime;
        this.random = random;
        this.tokens = burst();
        this.filledAt = nanoTime.getAsLong();
        for (Kind kind : Kind.values()) {
            queues.put(kind, new ArrayDeque<>());
        }
    }

    /** Admits, queues or rejects the arrival. Returns whether it is queued. */
    boolean arrive(Arrival arrival) {
        Duration retryAfter;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            fill(now);
            if (tokens >= 1 && waiting() == 0) {
                tokens--;
                retryAfter = null;
            } else {
                usedUp = true;
                if (queues.get(arrival.kind()).size() < maxWaiting(arrival.kind())) {
                    queues.get(arrival.kind()).add(new Waiting(arrival, now));
                    return true;
                }
                retryAfter = retryAfter();
            }
        }
        if (retryAfter == null) {
            arrival.admit();
        } else {
            arrival.reject(retryAfter);
        }
        return false;
    }

    /**
     * Admits queued arrivals at the rate, and rejects openings that waited too long. To be called every few
     * milliseconds.
     */
    void release() {
        List<Runnable> decided = new ArrayList<>();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            fill(now);
            while (tokens >= 1 && waiting() > 0) {
                admitNext(decided);
            }
            Deque<Waiting> openings = queues.get(Kind.OPENING);
            while (!openings.isEmpty()
                    && now - openings.peek().since >= config.maxWait().toNanos()) {
                Arrival late = openings.remove().arrival;
                Duration retryAfter = retryAfter();
                decided.add(() -> late.reject(retryAfter));
            }
        }
        decided.forEach(Runnable::run);
    }

    /** Rejects all openings that wait. */
    void rejectOpenings() {
        List<Waiting> all;
        synchronized (this) {
            all = List.copyOf(queues.get(Kind.OPENING));
            queues.get(Kind.OPENING).clear();
        }
        all.forEach(waiting -> waiting.arrival.reject(Duration.ofSeconds(1)));
    }

    /** Sets the rate from now on. */
    synchronized void rate(double perSecond) {
        fill(nanoTime.getAsLong());
        rate = perSecond;
        tokens = Math.min(tokens, burst());
    }

    synchronized double rate() {
        return rate;
    }

    /** Whether an arrival had to wait, or was rejected, since the last call. */
    synchronized boolean takeUsedUp() {
        boolean used = usedUp || waiting() > 0;
        usedUp = false;
        return used;
    }

    /** Whether arrivals wait, or were rejected and are expected to return. */
    synchronized boolean isDelaying() {
        fill(nanoTime.getAsLong());
        return waiting() > 0 || returning > 0;
    }

    synchronized int waiting(Kind kind) {
        return queues.get(kind).size();
    }

    private int waiting() {
        return queues.values().stream().mapToInt(Deque::size).sum();
    }

    private void admitNext(List<Runnable> decided) {
        Kind other = lastAdmitted == Kind.JOIN ? Kind.OPENING : Kind.JOIN;
        lastAdmitted = queues.get(other).isEmpty() ? lastAdmitted : other;
        Arrival next = queues.get(lastAdmitted).remove().arrival;
        if (next.isPresent()) {
            tokens--;
            decided.add(next::admit);
        }
    }

    private int maxWaiting(Kind kind) {
        return kind == Kind.JOIN ? MAX_JOINS : config.maxWaiting();
    }

    /** Evenly distributed from 1 s to twice the time in which all rejected arrivals before this one can be admitted. */
    private Duration retryAfter() {
        long max = Math.max(1, config.maxRetryAfter().toSeconds());
        long spread = (long) Math.ceil(2 * ++returning / rate);
        return Duration.ofSeconds(1 + random.applyAsInt((int) Math.min(max, spread)));
    }

    private void fill(long now) {
        double seconds = (now - filledAt) / NANOS;
        filledAt = now;
        double filled = Math.min(burst(), tokens + seconds * rate);
        // If this is called late, at least the minimum rate of the elapsed time is admitted.
        double least =
                waiting() == 0 ? 0 : Math.min(config.minRate(), tokens + seconds * Math.min(config.minRate(), rate));
        tokens = Math.max(filled, least);
        returning = Math.max(0, returning - seconds * rate);
    }

    private double burst() {
        return Math.max(1, rate * BURST);
    }
}
