package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.stack.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * People who send without pause through the two gateways, each time through one that was ready when last asked, as a
 * service of Kubernetes would have it: an unready gateway gets no new request after one or two probes.
 */
public final class Balance implements AutoCloseable {

    private static final int SENDERS = 8;
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

    /** Keeps each person below what one may send. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Heliograph heliograph;
    private final AtomicIntegerArray served = new AtomicIntegerArray(2);
    private final AtomicIntegerArray ready = new AtomicIntegerArray(new int[] {1, 1});
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** Starts at once. */
    public Balance(Heliograph heliograph, UUID room, List<Person> people) {
        this.heliograph = heliograph;
        start(this::probe);
        for (int i = 0; i < SENDERS; i++) {
            Person person = people.get(i % people.size());
            start(() -> send(room, person));
        }
    }

    /** How many requests this gateway has answered well. */
    public int served(int replica) {
        return served.get(replica);
    }

    /** What went wrong with the others. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "balance-" + threads.size());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void probe() {
        do {
            for (int replica = 0; replica < 2; replica++) {
                ServiceProcess process = heliograph.gatewayProcess(replica);
                ready.set(replica, process.isAlive() && process.isReady() ? 1 : 0);
            }
        } while (!isStoppedAfter(PROBE_INTERVAL));
    }

    private void send(UUID room, Person person) {
        int turn = 0;
        do {
            turn++;
            int replica = ready.get(turn % 2) == 1 ? turn % 2 : 1 - turn % 2;
            try {
                Reply reply = heliograph
                        .gateway(replica)
                        .as(person)
                        .send(room, UUID.randomUUID().toString(), "hello");
                if (reply.status() / 100 == 2) {
                    served.incrementAndGet(replica);
                } else {
                    failures.add(replica + ": " + reply.status() + " " + reply.body());
                }
            } catch (RuntimeException e) {
                failures.add(replica + ": " + e);
            }
        } while (!isStoppedAfter(PAUSE));
    }

    private boolean isStoppedAfter(Duration pause) {
        try {
            return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
