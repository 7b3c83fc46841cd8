package io.heliograph.message.preview;

import io.heliograph.message.egress.EgressPolicy;
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
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Fetches one page. Names are looked up here and only here: every address of a host is checked, and the connection goes to
 * a checked address, so no second look-up can bring another. TLS and {@code Host} still have the name. The same at each
 * redirect.
 */
final class PageFetcher {

    /**
     * What was fetched.
     *
     * @param type the {@code Content-Type}, perhaps null
     * @param encoding the {@code Content-Encoding}, perhaps null
     * @param body the beginning of it, empty unless it is a page
     */
    record FetchedPage(Target target, String type, String encoding, Buffer body) {}

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;
    /** Of one host: enough to get past an address family that is not routed here. */
    private static final int MAX_ADDRESSES = 3;

    private final HttpClient client;
    private final HostResolver resolver;
    private final EgressPolicy egress;
    private final PreviewConfig config;

    PageFetcher(HttpClient client, HostResolver resolver, EgressPolicy egress, PreviewConfig config) {
        this.client = client;
        this.resolver = resolver;
        this.egress = egress;
        this.config = config;
    }

    /**
     * Fails with a {@link ProblemException}, or because it was cancelled.
     *
     * @param admit called before each request with the host; if it fails, so does the fetch
     */
    Future<FetchedPage> fetch(Target target, Cancellation cancellation, Function<String, Future<Void>> admit) {
        return fetch(target, cancellation, admit, 0);
    }

    private Future<FetchedPage> fetch(
            Target target, Cancellation cancellation, Function<String, Future<Void>> admit, int redirects) {
        if (cancellation.isCancelled()) {
            return unavailable("The time is up.");
        }
        return admit.apply(target.host())
                .compose(admitted ->
                        resolver.resolve(target.host()).recover(unknown -> unavailable("The host is unknown.")))
                .compose(addresses -> {
                    if (!addresses.stream().allMatch(egress::permits)) {
                        throw PreviewProblems.refused("The host has an address that is not public.");
                    }
                    List<InetAddress> first = addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES));
                    return connect(target, first, cancellation);
                })
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

    /** Tries the next address where one cannot be connected to. */
    private Future<HttpClientRequest> connect(Target target, List<InetAddress> addresses, Cancellation cancellation) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(addresses.get(0), target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.secure())
                .setURI(target.path())
                .putHeader(HttpHeaders.HOST, target.authority())
                .putHeader(HttpHeaders.USER_AGENT, "Heliograph-Preview/1.0")
                .putHeader(HttpHeaders.ACCEPT, "text/html, application/xhtml+xml, image/*;q=0.5")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
        List<InetAddress> others = addresses.subList(1, addresses.size());
        return client.request(options)
                .recover(failure -> others.isEmpty() || cancellation.isCancelled()
                        ? unavailable("The host cannot be connected to.")
                        : connect(target, others, cancellation));
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Cancellation cancellation) {
        cancellation.onCancel(request::reset);
        return request.send().recover(failure -> unavailable("The host gave no answer of HTTP."));
    }

    private static Target redirect(Target target, HttpClientResponse response) {
        String location = response.getHeader(HttpHeaders.LOCATION);
        if (location == null) {
            throw PreviewProblems.unavailable("The page redirects to nowhere.");
        }
        return target.redirect(location);
    }

    private Future<FetchedPage> page(Target target, HttpClientResponse response) {
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

    /** Closes the connection, whatever is still to come. */
    private static void discard(HttpClientResponse response) {
        response.exceptionHandler(reset -> {});
        response.request().reset();
    }

    private static <T> Future<T> unavailable(String why) {
        return Future.failedFuture(PreviewProblems.unavailable(why));
    }
}
