package io.heliograph.gateway.pipeline;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A service that responds as a test sets, and records its requests. */
public final class ScriptedUpstream {

    private final Vertx vertx;
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Handler<HttpServerRequest> script =
            request -> request.response().end();

    ScriptedUpstream(Vertx vertx) {
        this.vertx = vertx;
    }

    int start() {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.method().equals(HttpMethod.HEAD)
                            && request.path().equals("/")) {
                        // Responds to probes, even if the script does not respond.
                        request.response().end();
                        return;
                    }
                    requests.add(request);
                    script.handle(request);
                })
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    void answer(Handler<HttpServerRequest> script) {
        this.script = script;
    }

    /** Responds with these headers, each as {@code Name: value}, and a body with the number of the response. */
    void answerWith(String... headers) {
        int before = requests.size();
        answer(request -> {
            for (String header : headers) {
                int colon = header.indexOf(':');
                request.response()
                        .headers()
                        .add(
                                header.substring(0, colon),
                                header.substring(colon + 1).trim());
            }
            request.response().end("answer " + (requests.size() - before));
        });
    }

    /** The requests, the oldest first. */
    List<HttpServerRequest> requests() {
        return requests;
    }

    /** Waits until it has received this many requests. */
    void await(int count) {
        Awaitility.await().until(() -> requests.size() >= count);
    }

    HttpServerRequest last() {
        return requests.get(requests.size() - 1);
    }
}
