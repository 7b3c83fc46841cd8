package io.heliograph.localstack;

import io.heliograph.localstack.Options.UsageException;
import io.heliograph.localstack.stack.Console;
import io.heliograph.localstack.stack.Ports;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.Stack;
import io.heliograph.localstack.stack.StackFailure;
import io.heliograph.localstack.stack.StackSettings;
import io.heliograph.localstack.stack.Stopwatch;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What {@code ./run} runs: a stack on the usual ports until Ctrl-C or SIGTERM. */
public final class LocalStack {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final Console console;
    private final Stack stack;
    private final AtomicBoolean asked = new AtomicBoolean();

    private LocalStack(StackSettings settings, Console console) {
        this.console = console;
        this.stack = new Stack(settings, console);
    }

    public static void main(String[] arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                System.out.print(Options.USAGE);
                return;
            }
            Console console = new Console(System.out, Boolean.getBoolean("heliograph.colour"));
            new LocalStack(settings(options), console).run();
        } catch (UsageException e) {
            System.err.println("heliograph: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(MISUSED);
        }
    }

    private static StackSettings settings(Options options) {
        Path home = Path.of(System.getProperty("heliograph.home", "")).toAbsolutePath();
        Path data = options.data().map(Path::toAbsolutePath).orElse(home.resolve(".heliograph"));
        Map<Service, Integer> replicas = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            replicas.put(
                    service,
                    options.services().contains(service) ? options.replicas().getOrDefault(service, 1) : 0);
        }
        return new StackSettings(home, data, options.fresh(), replicas, Ports.usual(options.ports()));
    }

    private void run() {
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        Signals.on("INT", this::stop);
        Signals.on("TERM", this::stop);
        try {
            Stopwatch watch = new Stopwatch();
            stack.start();
            console.plain(new Welcome(stack).text(watch));
            stack.watchOver();
        } catch (StackFailure | UncheckedIOException e) {
            if (!stack.isClosed()) {
                // The reason is printed last, after the output of the other processes while they stop.
                stack.close();
                console.say(e.getMessage());
                System.exit(FAILED);
            }
        }
    }

    /** Ends the JVM well, once: a Ctrl-C may reach it from the terminal and from the program that started it. */
    private void stop() {
        if (asked.compareAndSet(false, true)) {
            console.say("stopping");
            System.exit(0);
        }
    }
}
