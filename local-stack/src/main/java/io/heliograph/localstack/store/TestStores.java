package io.heliograph.localstack.store;

import io.heliograph.localstack.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One PostgreSQL and one Redis for all tests of this JVM, each started at its first use. They end with the JVM, however
 * it ends, and so do their data. A store that was stopped or frozen is running again at the next call.
 */
public final class TestStores {

    private static final Path FOLDER = temporaryFolder();

    private static PostgresServer postgres;
    private static RedisServer redis;
    private static int databases;

    private TestStores() {}

    /** A new and empty database. */
    public static synchronized PostgresServer newDatabase() {
        if (postgres == null) {
            postgres = PostgresServer.fast(FOLDER.resolve("postgres"), FreePorts.next());
        }
        postgres.process().ifPresent(TestStores::resume);
        return postgres.start().createDatabase("test_" + ++databases);
    }

    /** The Redis, without keys. Its channels are those of all who were given it. */
    public static synchronized RedisServer emptyRedis() {
        if (redis == null) {
            redis = RedisServer.start(FOLDER.resolve("redis"), FreePorts.next());
        }
        resume(redis.process());
        redis.start().clear();
        return redis;
    }

    private static void resume(ProcessHandle process) {
        Stream.concat(process.descendants(), Stream.of(process)).forEach(part -> Processes.signal(part, "CONT"));
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("heliograph-test");
            endWithThisProcess(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shell reads from a pipe without a writer: it continues when the system closes the end of this process. */
    private static void endWithThisProcess(Path folder) throws IOException {
        String script = """
                read -r line
                of_this_run() {
                    [ -n "$1" ] && { tr '\\0' ' ' <"/proc/$1/cmdline" || ps -o args= -p "$1"; } 2>/dev/null | grep -qF "$folder"
                }
                end() {
                    of_this_run "$1" || return
                    kill -INT "$1"; kill -CONT "$1"
                    for i in 1 2 3 4 5 6 7 8 9 10; do of_this_run "$1" || return; sleep 1; done
                    kill -KILL "$1"
                }
                folder=$1
                end "$(head -n 1 "$folder/postgres/postmaster.pid")"
                end "$(cat "$folder/redis/%s")"
                rm -rf "$folder"
                """.formatted(RedisServer.PID_FILE);
        new ProcessBuilder(Processes.detached(List.of("sh", "-c", script, "end-of-stores", folder.toString())))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
