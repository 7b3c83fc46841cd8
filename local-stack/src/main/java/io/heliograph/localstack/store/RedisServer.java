package io.heliograph.localstack.store;

import io.heliograph.localstack.process.Processes;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * An embedded Redis without persistence, because Heliograph may lose all data of Redis at any time. Methods block and
 * are not thread-safe.
 */
public final class RedisServer implements AutoCloseable {

    /** In the directory of the server. */
    static final String PID_FILE = "redis.pid";

    /** Twenty times what it takes, and more on a busy machine. */
    private static final int START_TIMEOUT_MILLIS = 60_000;

    /** The name in the file of users. Its password protects nothing: the server listens on this machine alone. */
    private static final String SERVICE_USER = "heliograph";

    private static final String SERVICE_PASSWORD = "local";

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final File executable;
    private final int port;
    private Process process;

    private RedisServer(File executable, int port) {
        this.executable = executable;
        this.port = port;
    }

    /** Starts a server whose binary is unpacked into {@code directory}. */
    public static RedisServer start(Path directory, int port) {
        try {
            File folder = directory.toFile();
            if (!folder.isDirectory() && !folder.mkdirs()) {
                throw new IOException("cannot create " + folder);
            }
            File binary = ExecutableProvider.newJarResourceProvider(folder).get();
            return new RedisServer(binary, port).start();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start on port " + port, e);
        }
    }

    public RedisServer start() {
        if (process != null && process.isAlive()) {
            return this;
        }
        try {
            List<String> command = new ArrayList<>(List.of(
                    executable.getAbsolutePath(),
                    "--port",
                    Integer.toString(port),
                    "--pidfile",
                    executable.toPath().resolveSibling(PID_FILE).toString(),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--user"));
            command.addAll(serviceUser());
            process = new ProcessBuilder(Processes.detached(command))
                    .directory(executable.getParentFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitListening();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start on port " + port, e);
        }
    }

    public void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        Processes.awaitEnd(process, STOP_PATIENCE);
    }

    /** Ends the process as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        Processes.awaitEnd(process, STOP_PATIENCE);
    }

    /** Removes all keys and scripts; connections and their subscriptions stay. */
    public void clear() {
        execute("FLUSHALL");
        execute("SCRIPT FLUSH");
    }

    /** Closes the connections that have subscriptions. */
    public void disconnectSubscribers() {
        execute("CLIENT KILL TYPE pubsub");
    }

    /**
     * The answer to a command of the user who may do everything: text or a number, null if there is none. Fails if the
     * command fails.
     */
    public String execute(String command) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(START_TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String answer = answers.readLine();
            if (answer == null || answer.startsWith("-")) {
                throw new IOException(command + " was answered by " + answer);
            } else if (answer.startsWith("$")) {
                return answer.equals("$-1") ? null : answers.readLine();
            }
            return answer.substring(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    public int port() {
        return port;
    }

    /** For those who may do everything. */
    public String url() {
        return "redis://localhost:" + port;
    }

    /** For the services, which may do what docs/redis-users.acl says and nothing else. */
    public String serviceUrl() {
        return "redis://%s:%s@localhost:%d".formatted(SERVICE_USER, SERVICE_PASSWORD, port);
    }

    /** Name and rules of the user of the services. */
    private static List<String> serviceUser() throws IOException {
        try (InputStream file = RedisServer.class.getResourceAsStream("/redis-users.acl")) {
            List<String> words = new ArrayList<>(List.of(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .trim()
                    .split("\\s+")));
            words.remove("user");
            words.replaceAll(word -> word.startsWith(">") ? ">" + SERVICE_PASSWORD : word);
            return words;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MILLIS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                return;
            } catch (IOException notYet) {
                Processes.pause(20);
            }
        }
        throw new IOException("no answer on port " + port);
    }
}
