package io.heliograph.gateway.ratelimit;

import static io.heliograph.gateway.ratelimit.LimiterFixture.charge;
import static io.heliograph.gateway.ratelimit.LimiterFixture.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.ratelimit.RateLimitStore.CheckBatch;
import io.heliograph.localstack.store.TestStores;
import io.heliograph.ratelimit.RateLimitScript;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the script with a log of admitted requests, at times that the test sets. */
class LimitScriptTest {

    private static final String SCRIPT = RateLimitScript.TEXT.replace("call('TIME')", "{ 0, ARGV[3] }");

    /** The least that is written as a long log: 23 entries, as many copies, and the head. */
    private static final int LONG = 230 + 230 + 28;

    private static final Vertx VERTX = Vertx.vertx();

    private static Redis client;

    private final Map<String, List<Long>> admitted = new HashMap<>();
    private final Map<String, Integer> lengths = new HashMap<>();
    private int lengthened;
    private int cut;
    private int shortened;

    @BeforeAll
    static void connect() {
        client = Redis.createClient(VERTX, TestStores.emptyRedis().url());
    }

    @AfterAll
    static void closeClient() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldDecideLikeALogOfRequests(int seed) {
        Random random = new Random(seed);
        // Redis drops a key by its own clock: windows that are longer than the test.
        List<RateLimitCharge> charges = List.of(
                charge(policy("few", 5, 60_000), "" + seed),
                charge(policy("some", 200, 90_000), "" + seed),
                charge(policy("many", 9_000, 120_000), "" + seed),
                charge(policy("shadow", 100, 60_000, true), "" + seed));
        long clock = 1_000_000_000_000L;
        int pace = 1;
        for (int i = 0; i < 3_000; i++) {
            if (random.nextInt(200) == 0) {
                pace = List.of(1, 10, 200, 1_000, 10_000).get(random.nextInt(5));
            }
            clock += random.nextInt(pace + 1);
            switch (random.nextInt(800)) {
                case 0 -> clock += 120_000 + random.nextInt(3) - 1;
                case 1, 2 -> clock -= random.nextInt(60_000);
                case 3 -> clock -= 200_000;
                default -> {}
            }
            CheckBatch batch = new CheckBatch();
            for (int requests = 1 + random.nextInt(5); requests > 0; requests--) {
                List<RateLimitCharge> some = new ArrayList<>(charges);
                Collections.shuffle(some, random);
                batch.tryAdd(new RateLimitCheck(some.subList(0, 1 + random.nextInt(some.size())), ignored -> {}));
            }

            batch.applyResponse(
                    redis(batch.counts().request(Command.EVAL, SCRIPT).arg(clock * 1_000))
                            .toBuffer());

            assertDecided(batch.checks(), clock);
            look(charges);
        }
        assertTrue(lengthened > 0 && cut > 0 && shortened > 0, lengthened + ", " + cut + ", " + shortened);
    }

    @Test
    void shouldInvalidateOnlyEntriesOlderThanADroppedPurge() {
        RateLimitCharge charge = charge(policy("long", 60, 60_000), "long");
        List<Long> times = new ArrayList<>();
        int longest = 0;
        long clock = 1_000_000_000_000L;
        // Five windows, each with three times as many requests as are admitted.
        for (int i = 0; i < 1_000; i++) {
            clock += 300;
            CheckBatch batch = new CheckBatch();
            RateLimitCheck check = new RateLimitCheck(List.of(charge), ignored -> {});
            batch.tryAdd(check);
            batch.applyResponse(
                    redis(batch.counts().request(Command.EVAL, SCRIPT).arg(clock * 1_000))
                            .toBuffer());
            if (check.rejectingCharge() < 0) {
                times.add(clock);
                longest = Math.max(
                        longest,
                        redis(Request.cmd(Command.STRLEN).arg(charge.key())).toInteger());
            }
        }

        assertEquals(5 * 60, times.size());
        for (int i = 60; i < times.size(); i++) {
            assertTrue(times.get(i) - times.get(i - 60) >= 60_000, "more than 60 within a window");
        }
        assertTrue(longest > LONG && longest < 28 + 2 * 10 * 60 + 300, longest + " bytes");
    }

    private void assertDecided(List<RateLimitCheck> demands, long clock) {
        Map<String, Long> nows = new HashMap<>();
        Map<String, Integer> waits = new HashMap<>();
        Map<String, List<Long>> counted = new HashMap<>();
        for (RateLimitCheck check : demands) {
            for (RateLimitCharge charge : check.charges()) {
                String key = charge.key();
                if (counted.containsKey(key)) {
                    continue;
                }
                long window = charge.policy().rate().windowMillis();
                List<Long> log = admitted.getOrDefault(key, List.of());
                long newest = log.isEmpty() ? clock : log.get(log.size() - 1);
                long now = newest - clock > window ? clock : Math.max(clock, newest);
                List<Long> counts = log.stream()
                        .filter(time -> newest <= now && time > now - window)
                        .collect(Collectors.toCollection(ArrayList::new));
                nows.put(key, now);
                waits.put(key, (int) ((counts.isEmpty() ? now : counts.get(0)) + window - clock));
                counted.put(key, counts);
            }
        }
        for (RateLimitCheck check : demands) {
            boolean admits =
                    check.charges().stream().allMatch(charge -> charge.policy().shadow() || left(charge, counted) > 0);
            for (int i = 0; i < check.charges().size(); i++) {
                RateLimitCharge charge = check.charges().get(i);
                String key = charge.key();
                int left = RateLimitCheck.EXCEEDED;
                if (left(charge, counted) > 0) {
                    if (admits) {
                        counted.get(key).add(nows.get(key));
                        // What nothing is charged to stays as it was, and may count again if the clock is set back.
                        admitted.put(key, counted.get(key));
                    }
                    left = left(charge, counted);
                }
                assertEquals(left, check.remaining(i), key);
                assertEquals(waits.get(key), check.waitMillis(i), key);
            }
        }
    }

    private static int left(RateLimitCharge charge, Map<String, List<Long>> counted) {
        return charge.policy().rate().requests() - counted.get(charge.key()).size();
    }

    /** How long the values are, and what became of them. */
    private void look(List<RateLimitCharge> charges) {
        List<Request> questions = charges.stream()
                .map(charge -> Request.cmd(Command.STRLEN).arg(charge.key()))
                .toList();
        List<Response> answers = client.batch(questions)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        for (int i = 0; i < charges.size(); i++) {
            look(charges.get(i), answers.get(i).toInteger());
        }
    }

    private void look(RateLimitCharge charge, int length) {
        int before = lengths.getOrDefault(charge.key(), 0);
        lengths.put(charge.key(), length);
        if (length == before) {
            return;
        }
        // Only a charge changes it, and leaves no more than twice what counts, with what it begins and ends by.
        long entries = admitted.get(charge.key()).stream().distinct().count();
        assertTrue(length <= 2 * 10 * entries + LONG, length + " bytes for " + entries);
        lengthened += before < LONG && length >= LONG ? 1 : 0;
        shortened += before >= LONG && length < LONG ? 1 : 0;
        cut += length >= LONG && length < before ? 1 : 0;
    }

    private static Response redis(Request request) {
        return client.send(request).toCompletionStage().toCompletableFuture().join();
    }
}
