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

/** What a newcomer needs for the first step once a stack stands. */
final class Welcome {

    private final Stack stack;
    private final String api;

    Welcome(Stack stack) {
        this.stack = stack;
        this.api = stack.replicas(Service.GATEWAY).get(0).http("/api").toString();
    }

    String text(Stopwatch watch) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Heliograph is ready after " + watch + ". Ctrl-C stops it.");
        lines.add("");
        lines.add(row("API", api));
        lines.add(row("WebSocket", api.replaceFirst("http", "ws") + "/ws (subprotocol heliograph.v1)"));
        lines.add(row("accounts", "ada and grace (role user), admin (role admin); password " + Stack.DEMO_PASSWORD));
        Arrays.stream(Service.values())
                .flatMap(service -> stack.replicas(service).stream())
                .forEach(replica -> lines.add(row(replica.name(), replica.http("") + health(replica))));
        stack.stores().postgres().ifPresent(postgres -> lines.add(row("PostgreSQL", address(postgres))));
        stack.stores().redis().map(RedisServer::url).ifPresent(url -> lines.add(row("Redis", url)));
        lines.add("");
        lines.add("  curl -s " + api + "/auth/login -H 'Content-Type: application/json' -d '{\"login\": \"ada\", "
                + "\"password\": \"" + Stack.DEMO_PASSWORD + "\"}'");
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
