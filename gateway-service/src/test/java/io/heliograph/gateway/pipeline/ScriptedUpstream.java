package io.heliograph.gateway.pipeline;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A service that answers as a test tells it, and keeps what it was asked. */
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
                        // The gateway sees that it is well, though a script gives no answer.
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

    /** Answers with these headers, each as {@code Name: value}, and a body that tells how many answers there were. */
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

    /** What it was asked, the oldest first. */
    List<HttpServerRequest> requests() {
        return requests;
    }

    /** Until it has been asked as often as this. */
    void await(int count) {
        Awaitility.await().until(() -> requests.size() >= count);
    }

    HttpServerRequest last() {
        return requests.get(requests.size() - 1);
    }
}
