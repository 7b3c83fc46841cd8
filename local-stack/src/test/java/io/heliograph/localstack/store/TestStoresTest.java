package io.heliograph.localstack.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.process.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestStoresTest {

    private static final long PATIENCE_SECONDS = 60;

    @Test
    void shouldGiveEachCallerItsOwnDatabaseOfOneServer() {
        PostgresServer first = TestStores.newDatabase();
        PostgresServer second = TestStores.newDatabase();

        assertEquals(first.process(), second.process());
        assertNotEquals(first.reactiveUrl(), second.reactiveUrl());
    }

    @Test
    void shouldGiveAnEmptyRedisWhenTheLastTestLeftKeys() throws IOException {
        RedisServer redis = TestStores.emptyRedis();
        assertEquals("+OK", answer(redis, "SET left behind"));

        assertSame(redis, TestStores.emptyRedis());

        assertEquals("$-1", answer(redis, "GET left"));
    }

    @Test
    void shouldRunAgainWhenTheLastTestKilledOrFrozeThem() throws IOException {
        ProcessHandle killed = TestStores.newDatabase().process().orElseThrow();
        Processes.signal(killed, "KILL");
        killed.onExit().join();
        assertTrue(TestStores.newDatabase().isAlive());

        Processes.signal(TestStores.newDatabase().process().orElseThrow(), "STOP");
        Processes.signal(TestStores.emptyRedis().process(), "STOP");
        assertTrue(TestStores.newDatabase().isAlive());
        assertEquals("+PONG", answer(TestStores.emptyRedis(), "PING"));
    }

    @Test
    void shouldEndWithAJvmThatIsKilled() throws Exception {
        Process jvm = OtherJvm.start(Run.class, List.of());
        String[] pids = jvm.inputReader().readLine().split(" ", -1);
        List<ProcessHandle> stores = Stream.of(pids)
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();

        jvm.destroyForcibly().waitFor();

        for (ProcessHandle store : stores) {
            store.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertFalse(store.isAlive());
        }
    }

    /** Tests that leave their PostgreSQL running and their Redis frozen. */
    public static final class Run {

        private Run() {}

        public static void main(String[] arguments) throws InterruptedException {
            ProcessHandle postgres = TestStores.newDatabase().process().orElseThrow();
            ProcessHandle redis = TestStores.emptyRedis().process();
            Processes.signal(redis, "STOP");
            System.out.println(postgres.pid() + " " + redis.pid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static String answer(RedisServer redis, String command) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", redis.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
