package io.heliograph.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Tokens;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.testsupport.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwt.NumericDate;

/**
 * Lets the tests of a client, which are another process, break and mend a Heliograph, over HTTP: each path names what is
 * to be done, and the answer is JSON.
 */
final class FaultControl implements AutoCloseable {

    private final Heliograph heliograph;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Integer, FaultProxy> proxies = new ConcurrentHashMap<>();
    private final AtomicInteger lastProxy = new AtomicInteger();

    private FaultControl(Heliograph heliograph, HttpServer server) {
        this.heliograph = heliograph;
        this.server = server;
    }

    static FaultControl of(Heliograph heliograph) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FaultControl control = new FaultControl(heliograph, server);
            server.createContext("/", control::answer);
            server.setExecutor(control.threads);
            server.start();
            return control;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        proxies.values().forEach(FaultProxy::close);
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        String body;
        try {
            List<String> path =
                    List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
            JsonNode request = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            body = Json.write(done(path, request));
        } catch (RuntimeException | AssertionError failure) {
            status = 500;
            body = Json.write(Map.of("failure", failure.toString()));
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, ?> done(List<String> path, JsonNode request) {
        return switch (path.get(0)) {
            case "people" -> person(request.get("name").textValue());
            case "tokens" -> token(request);
            case "proxies" ->
                path.size() == 1 ? newProxy() : proxy(Integer.parseInt(path.get(1)), path.get(2), request);
            case "messages" -> process(heliograph.messageProcess(Integer.parseInt(path.get(1))), path.get(2));
            case "postgres" -> postgres(path.get(1));
            default -> throw new IllegalArgumentException(path.toString());
        };
    }

    private Map<String, ?> person(String name) {
        Person person = heliograph.person(name);
        return Map.of(
                "id", person.id(),
                "username", person.username(),
                "password", Heliograph.password(person.username()));
    }

    /** A token of this person that is good for some seconds, issued some seconds ago. */
    private Map<String, ?> token(JsonNode request) {
        NumericDate now = NumericDate.now();
        String token = Tokens.of(heliograph.signingKeys()).with(claims -> {
            claims.setSubject(request.get("id").textValue());
            claims.setStringClaim("upn", request.get("username").textValue());
            claims.setStringListClaim("groups", List.of("user"));
            claims.setIssuedAt(after(now, -request.path("age").asLong()));
            claims.setExpirationTime(after(now, request.get("seconds").longValue()));
        });
        return Map.of("token", token);
    }

    private static NumericDate after(NumericDate time, long seconds) {
        return NumericDate.fromSeconds(time.getValue() + seconds);
    }

    private Map<String, ?> newProxy() {
        int number = lastProxy.incrementAndGet();
        FaultProxy proxy = FaultProxy.before(heliograph.gateway().address().getPort());
        proxies.put(number, proxy);
        return Map.of("id", number, "url", "http://127.0.0.1:" + proxy.port());
    }

    private Map<String, ?> proxy(int number, String action, JsonNode request) {
        FaultProxy proxy = proxies.get(number);
        switch (action) {
            case "count" -> {}
            case "cut" -> proxy.cut();
            case "inject" -> proxy.inject(request.toString());
            case "close" -> proxy.closeWith(request.get("code").intValue());
            default -> proxy.become(Mode.valueOf(action.toUpperCase(Locale.ROOT)));
        }
        return Map.of("accepted", proxy.accepted(), "lost", proxy.lost());
    }

    private Map<String, ?> process(ServiceProcess process, String action) {
        synchronized (process) {
            switch (action) {
                case "kill" -> process.kill();
                case "terminate" -> process.terminate();
                case "freeze" -> process.pause();
                case "resume" -> process.resume();
                case "start" -> {
                    if (process.isAlive()) {
                        process.stop();
                    }
                    process.start();
                    heliograph.awaitReady();
                }
                case "revive" -> {
                    process.start();
                    heliograph.awaitReady();
                }
                default -> throw new IllegalArgumentException(action);
            }
            return Map.of();
        }
    }

    private Map<String, ?> postgres(String action) {
        switch (action) {
            case "stop" -> heliograph.postgres().stop();
            case "start" -> {
                heliograph.postgres().start();
                heliograph.awaitReady();
            }
            default -> throw new IllegalArgumentException(action);
        }
        return Map.of();
    }
}
