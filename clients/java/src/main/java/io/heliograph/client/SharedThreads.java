package io.heliograph.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that all clients of a program share by default. They do not keep the program running. */
final class SharedThreads {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** As many threads as there are waiting tasks, as in the HTTP client itself. */
    static final ExecutorService POOL = Executors.newCachedThreadPool(daemons("heliograph-client"));

    /** Only starts work on other threads, so that one thread is enough. */
    static final ScheduledExecutorService TIMER = timer();

    private SharedThreads() {}

    /** In a class of its own, so that it is created only if no other is given. */
    static final class SharedHttp {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .executor(POOL)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();

        private SharedHttp() {}
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("heliograph-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
