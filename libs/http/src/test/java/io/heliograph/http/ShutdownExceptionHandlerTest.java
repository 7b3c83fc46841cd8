package io.heliograph.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShutdownExceptionHandlerTest {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Context running = ((VertxInternal) vertx).createEventLoopContext();
    private final ContextInternal ended = ((VertxInternal) vertx).createEventLoopContext();
    private final BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();

    @BeforeEach
    void endOneEventLoop() {
        vertx.exceptionHandler(reported::add);
        ended.nettyEventLoop().shutdownGracefully(0, 0, TimeUnit.SECONDS);
        await().until(ended.nettyEventLoop()::isTerminated);
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void shouldReportARejectionWhileTheServiceRuns() throws InterruptedException {
        callBackTheEndedOne();

        assertInstanceOf(RejectedExecutionException.class, reported.take());
    }

    @Test
    void shouldReportAllButRejectionsFromTheShutdownOn() throws InterruptedException {
        new ShutdownExceptionHandler(vertx).stop(null);
        IllegalStateException defect = new IllegalStateException("a defect");

        callBackTheEndedOne();
        running.runOnContext(ignored -> {
            throw defect;
        });

        assertSame(defect, reported.take());
    }

    private void callBackTheEndedOne() {
        running.runOnContext(ignored -> ended.runOnContext(never -> {}));
    }
}
