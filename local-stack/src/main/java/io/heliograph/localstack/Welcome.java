package io.heliograph.localstack;

import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.stack.Stack;
import io.heliograph.localstack.stack.Stopwatch;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a newcomer needs for the first step once a stack stands. */
final class Welcome {

    private final Stack stack;

    Welcome(Stack stack) {
        this.stack = stack;
    }

    String text(Stopwatch watch) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Heliograph is ready after " + watch + ". Ctrl-C stops it.");
        lines.add("");
        Optional<ServiceProcess> gateway =
                stack.replicas(Service.GATEWAY).stream().findFirst();
        gateway.ifPresent(first -> {
            lines.add(row("chat", first.http("/").toString()));
            lines.add(row("API", first.http("/api/docs") + " describes " + first.http("/api")));
            lines.add(row(
                    "WebSocket",
                    first.http("/api/ws").toString().replaceFirst("http", "ws") + " (subprotocol heliograph.v1)"));
            lines.add(
                    row("accounts", "ada and grace (role user), admin (role admin); password " + Stack.DEMO_PASSWORD));
        });
        Arrays.stream(Service.values())
                .flatMap(service -> stack.replicas(service).stream())
                .forEach(replica -> lines.add(row(replica.name(), replica.http("") + health(replica))));
        stack.stores().postgres().ifPresent(postgres -> lines.add(row("PostgreSQL", address(postgres))));
        stack.stores().redis().map(RedisServer::url).ifPresent(url -> lines.add(row("Redis", url)));
        gateway.ifPresentOrElse(
                first -> {
                    lines.add(row("access log", stack.accessLogs().toString()));
                    lines.add("");
                    lines.add("  curl -s " + first.http("/api/auth/login")
                            + " -H 'Content-Type: application/json' -d '{\"login\": \"ada\", \"password\": \""
                            + Stack.DEMO_PASSWORD + "\"}'");
                },
                () -> lines.add(row("settings", stack.devSettings() + " (read by quarkus:dev)")));
        lines.add("");
        return String.join(System.lineSeparator(), lines);
    }

    private static String row(String name, String value) {
        return "  %-12s%s".formatted(name, value);
    }

    private static String health(ServiceProcess replica) {
        return ", health and metrics at " + replica.management("/q/");
    }

    private static String address(PostgresServer postgres) {
        return postgres.reactiveUrl().replace("//", "//" + PostgresServer.USER + "@");
    }
}
