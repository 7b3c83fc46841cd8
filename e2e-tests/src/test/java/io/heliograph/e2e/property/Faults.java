package io.heliograph.e2e.property;

import static org.awaitility.Awaitility.await;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.localstack.process.Processes;
import io.heliograph.localstack.stack.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Breaks one thing after another and mends it again; every kind of fault comes before the first comes again. */
final class Faults implements Runnable {

    /** A start takes some seconds, on a machine that is busy with the traffic besides. */
    private static final Duration RESTART = Duration.ofMinutes(4);

    private final Heliograph heliograph;
    private final ChangeRecorder recorder;
    private final Random random;
    private final BooleanSupplier running;
    private final List<String> done = new ArrayList<>();

    Faults(Heliograph heliograph, ChangeRecorder recorder, Random random, BooleanSupplier running) {
        this.heliograph = heliograph;
        this.recorder = recorder;
        this.random = random;
        this.running = running;
    }

    @Override
    public void run() {
        List<Runnable> faults = new ArrayList<>(List.of(
                this::killReplica, this::freezeReplica, this::killRedis, this::freezeRedis, this::cutConnections));
        while (running.getAsBoolean()) {
            Collections.shuffle(faults, random);
            for (Runnable fault : faults) {
                pause(200, 1_000);
                if (running.getAsBoolean()) {
                    fault.run();
                }
            }
        }
    }

    /** What was broken, in its order. To be called when this has ended. */
    List<String> done() {
        return done;
    }

    private void killReplica() {
        ServiceProcess victim = victim("killed ");
        victim.kill();
        pause(0, 500);
        victim.start();
        await().atMost(RESTART).until(victim::isReady);
    }

    /** For less than the timeout of transactions that wait for a row that it has locked. */
    private void freezeReplica() {
        ServiceProcess victim = victim("froze ");
        victim.pause();
        try {
            pause(100, 2_000);
        } finally {
            victim.resume();
        }
    }

    private void killRedis() {
        done.add("killed Redis");
        heliograph.redis().kill();
        pause(0, 1_500);
        heliograph.redis().start();
    }

    private void freezeRedis() {
        done.add("froze Redis");
        ProcessHandle redis = heliograph.redis().process();
        Processes.signal(redis, "STOP");
        try {
            pause(100, 3_000);
        } finally {
            Processes.signal(redis, "CONT");
        }
    }

    private void cutConnections() {
        done.add("cut connections to PostgreSQL");
        for (int i = random.nextInt(3); i >= 0; i--) {
            recorder.cutConnections(random.nextBoolean() ? 1 : random.nextDouble());
            pause(0, 300);
        }
    }

    private ServiceProcess victim(String what) {
        ServiceProcess victim = heliograph.messageProcess(random.nextInt(2));
        done.add(what + victim.name());
        return victim;
    }

    private void pause(int from, int to) {
        Processes.pause(from + random.nextInt(to - from));
    }
}
