package io.heliograph.message.preview;

import io.heliograph.message.egress.Destination;
import io.heliograph.message.egress.EgressClient;
import io.heliograph.message.egress.EgressException;
import io.heliograph.message.egress.EgressPolicy;
import io.heliograph.message.egress.HostResolver;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Set;
import java.util.function.Function;

/**
 * Fetches one page by the rules of {@link EgressClient}, which are applied again at each redirect.
 */
final class PageFetcher {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;
    private final EgressClient client;
    private final PreviewConfig config;

    PageFetcher(HttpClient client, HostResolver resolver, EgressPolicy egress, PreviewConfig config) {
        this.client = new EgressClient(client, resolver, egress);
        this.config = config;
    }

    /**
     * Fails with a {@link ProblemException}, or because it was cancelled.
     *
     * @param admit called before each request with the host; if it fails, so does the fetch
     */
    Future<FetchedPage> fetch(Destination target, Cancellation cancellation, Function<String, Future<Void>> admit) {
        return fetch(target, cancellation, admit, 0);
    }

    private Future<FetchedPage> fetch(
            Destination target, Cancellation cancellation, Function<String, Future<Void>> admit, int redirects) {
        if (cancellation.isCancelled()) {
            return unavailable("The time is up.");
        }
        return admit.apply(target.host())
                .compose(admitted -> client.open(target, options(), cancellation::isCancelled)
                        .recover(failure -> Future.failedFuture(PreviewProblems.of(failure))))
                .compose(request -> send(request, cancellation))
                .compose(response -> {
                    if (REDIRECTS.contains(response.statusCode())) {
                        discard(response);
                        if (redirects == config.maxRedirects()) {
                            return unavailable("There are too many redirects.");
                        }
                        return fetch(redirect(target, response), cancellation, admit, redirects + 1);
                    }
                    return page(target, response);
                });
    }

    private static RequestOptions options() {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .putHeader(HttpHeaders.USER_AGENT, "Heliograph-Preview/1.0")
                .putHeader(HttpHeaders.ACCEPT, "text/html, application/xhtml+xml, image/*;q=0.5")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Cancellation cancellation) {
        cancellation.onCancel(request::reset);
        return request.send().recover(failure -> unavailable("The host gave no answer of HTTP."));
    }

    private static Destination redirect(Destination target, HttpClientResponse response) {
        String location = response.getHeader(HttpHeaders.LOCATION);
        if (location == null) {
            throw PreviewProblems.unavailable("The page redirects to nowhere.");
        }
        try {
            return target.redirect(location);
        } catch (EgressException refused) {
            throw PreviewProblems.of(refused);
        }
    }

    private Future<FetchedPage> page(Destination target, HttpClientResponse response) {
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        if (response.statusCode() != OK) {
            discard(response);
            return unavailable("The page answers with the status " + response.statusCode() + '.');
        }
        if (PageReader.isImage(type)) {
            discard(response);
            return Future.succeededFuture(new FetchedPage(target, type, null, Buffer.buffer()));
        }
        if (!PageReader.isHtml(type)) {
            discard(response);
            return unavailable("It is no page of HTML.");
        }
        return body(response)
                .map(body -> new FetchedPage(target, type, response.getHeader(HttpHeaders.CONTENT_ENCODING), body));
    }

    private Future<Buffer> body(HttpClientResponse response) {
        long limit = config.maxBody().asLongValue();
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(
                failure -> read.tryFail(PreviewProblems.unavailable("The page broke off while it was read.")));
        response.endHandler(end -> read.tryComplete(body));
        response.handler(chunk -> {
            long room = limit - body.length();
            body.appendBuffer(chunk, 0, (int) Math.min(room, chunk.length()));
            if (body.length() == limit && read.tryComplete(body)) {
                discard(response);
            }
        });
        return read.future();
    }

    /** Closes the connection, also in the middle of a response. */
    private static void discard(HttpClientResponse response) {
        response.exceptionHandler(reset -> {});
        response.request().reset();
    }

    private static <T> Future<T> unavailable(String why) {
        return Future.failedFuture(PreviewProblems.unavailable(why));
    }
}
