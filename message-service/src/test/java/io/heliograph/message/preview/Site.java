package io.heliograph.message.preview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A web site on 127.0.0.1, well-behaved or not by the path; and what was asked of it. */
final class Site implements AutoCloseable {

    private static final String PAGE = "<html><head><title>A page</title></head><body>Hello</body></html>";
    private static final byte[] FILLER =
            "<p>more and more of it</p>\n".repeat(400).getBytes(UTF_8);

    private final Vertx vertx;
    private final HttpServer server;
    private final NetServer raw;
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<HttpServerResponse> silent = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean released;

    private Site(Vertx vertx, String address) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer().requestHandler(this::answer);
        this.raw = vertx.createNetServer().connectHandler(this::answerRaw);
        Future.all(server.listen(0, address), raw.listen(0, address))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    static Site on(Vertx vertx, String address) {
        return new Site(vertx, address);
    }

    int port() {
        return server.actualPort();
    }

    /** That of the paths that begin with {@code /raw/}. */
    int rawPort() {
        return raw.actualPort();
    }

    /** The {@code Host} of each request. */
    List<String> hosts() {
        return List.copyOf(hosts);
    }

    /** Connections that have brought a request and are open. */
    int open() {
        return open.get();
    }

    /** Responds to all requests for {@code /silence}, now and later. */
    void release() {
        released = true;
        silent.forEach(response -> page(response, PAGE));
    }

    @Override
    public void close() {
        Future.all(server.close(), raw.close())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void answer(HttpServerRequest request) {
        hosts.add(request.getHeader("Host"));
        open.incrementAndGet();
        request.connection().closeHandler(closed -> open.decrementAndGet());
        String path = request.path();
        HttpServerResponse response = request.response();
        switch (path) {
            case "/plain" -> page(response, PAGE);
            case "/og" -> page(response, """
                    <html><head><title>Ordinary</title><meta property="og:title" content=" Open
                    Graph "><meta name="Description" content="Says what it is"><meta property="og:site_name"
                    content="A site"><meta property="og:image" content="/picture.png"></head></html>""");
            case "/no-head" -> page(response, "<title>Without a head</title><p>Hello");
            case "/no-title" -> page(response, "<html><head></head><body>Hello</body></html>");
            case "/empty" -> page(response, "");
            case "/entities" -> page(response, "<title>Tom &amp; Jerry &lt;3 &quot;&uuml;&quot;</title>");
            case "/script" -> page(response, "<script>'<title>No</title>'</script><title>Scripted</title>");
            case "/latin1-header" ->
                page(response, "text/html; charset=ISO-8859-1", "<title>Zürich</title>", ISO_8859_1);
            case "/latin1-meta" ->
                page(response, "text/html", "<meta charset=iso-8859-1><title>Zürich</title>", ISO_8859_1);
            case "/utf16-bom" -> page(response, "text/html", "\uFEFF<title>Zürich</title>", UTF_16LE);
            case "/bom-against-header" ->
                page(response, "text/html; charset=ISO-8859-1", "\uFEFF<title>Zürich</title>", UTF_8);
            case "/windows-1251-meta" ->
                page(
                        response,
                        "text/html",
                        "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><title>Привет</title>",
                        Charset.forName("windows-1251"));
            case "/wrong-charset" -> page(response, "text/html; charset=utf-8", "<title>Zürich</title>", ISO_8859_1);
            case "/unknown-charset" -> page(response, "text/html; charset=klingon", PAGE, UTF_8);
            case "/xhtml" -> page(response, "application/xhtml+xml; charset=utf-8", PAGE, UTF_8);
            case "/gzip" -> gzip(response, "<title>Compressed</title>".getBytes(UTF_8), 0);
            case "/gzip-large-head" -> gzip(response, "<title>Compressed</title>".getBytes(UTF_8), 50);
            case "/gzip-bomb" -> gzip(response, new byte[1024], 100_000);
            case "/gzip-broken" ->
                response.putHeader("Content-Encoding", "gzip")
                        .putHeader("Content-Type", "text/html")
                        .end(PAGE);
            case "/gzip-twice" ->
                response.putHeader("Content-Encoding", "gzip, gzip")
                        .putHeader("Content-Type", "text/html")
                        .end(PAGE);
            case "/brotli" ->
                response.putHeader("Content-Encoding", "br")
                        .putHeader("Content-Type", "text/html")
                        .end(PAGE);
            case "/endless" -> endless(response, "<title>Endless</title>");
            case "/image.png" -> response.putHeader("Content-Type", "image/png").end("no picture");
            case "/text" -> response.putHeader("Content-Type", "text/plain").end(PAGE);
            case "/pdf" -> response.putHeader("Content-Type", "application/pdf").end(PAGE);
            case "/no-type" -> response.end(PAGE);
            case "/error" ->
                response.setStatusCode(500)
                        .putHeader("Content-Type", "text/html")
                        .end(PAGE);
            case "/no-content" -> response.setStatusCode(204).end();
            case "/cut-off" -> {
                page(response).putHeader("Content-Length", "5000").write("<title>Cut off</title>");
                vertx.runOnContext(later -> request.connection().close());
            }
            case "/not-http" ->
                request.toNetSocket()
                        .onSuccess(socket -> socket.write("+PONG\r\n").onComplete(sent -> socket.close()));
            case "/drip" -> drip(page(response).setChunked(true));
            case "/silence" -> {
                silent.add(response);
                if (released) {
                    page(response, PAGE);
                }
            }
            case "/redirect-loop" -> redirect(response, "/redirect-loop");
            case "/redirect-nowhere" -> response.setStatusCode(302).end();
            case "/redirect-to-nonsense" -> redirect(response, "http://a..b/");
            case "/redirect-to-relative" -> redirect(response, "plain?a b=|ü");
            case "/redirect-to-private-address" -> redirect(response, "http://10.0.0.1/");
            case "/redirect-to-private-name" -> redirect(response, "http://private.test/");
            case "/redirect-to-rebinding-name" -> redirect(response, "http://rebinding.test:" + port() + "/plain");
            case "/redirect-to-decimal" -> redirect(response, "http://2130706433/");
            case "/redirect-to-mapped" -> redirect(response, "http://[::ffff:10.0.0.1]/");
            case "/redirect-to-nat64" -> redirect(response, "http://[64:ff9b::a00:1]/");
            case "/redirect-to-name-with-dot" -> redirect(response, "http://private.test./");
            case "/redirect-to-file" -> redirect(response, "file:///etc/passwd");
            case "/redirect-to-port" -> redirect(response, "http://127.0.0.1:22/");
            case "/redirect-with-credentials" -> redirect(response, "http://ada@127.0.0.1:" + port() + "/plain");
            default -> {
                if (path.startsWith("/redirects/")) {
                    int left = Integer.parseInt(path.substring("/redirects/".length()));
                    redirect(response, left == 1 ? "/plain" : "/redirects/" + (left - 1));
                } else {
                    response.setStatusCode(404)
                            .putHeader("Content-Type", "text/html")
                            .end(PAGE);
                }
            }
        }
    }

    private static void redirect(HttpServerResponse response, String location) {
        response.setStatusCode(302).putHeader("Location", location).end();
    }

    private static HttpServerResponse page(HttpServerResponse response) {
        return response.putHeader("Content-Type", "text/html");
    }

    private static void page(HttpServerResponse response, String html) {
        page(response, "text/html; charset=utf-8", html, UTF_8);
    }

    private static void page(HttpServerResponse response, String type, String html, Charset charset) {
        response.putHeader("Content-Type", type).end(Buffer.buffer(html.getBytes(charset)));
    }

    /** The beginning, and so many kilobytes of spaces. */
    private static void gzip(HttpServerResponse response, byte[] beginning, int kilobytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(beginning);
            byte[] kilobyte = " ".repeat(1024).getBytes(UTF_8);
            for (int i = 0; i < kilobytes; i++) {
                gzip.write(kilobyte);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page(response).putHeader("Content-Encoding", "gzip").end(Buffer.buffer(bytes.toByteArray()));
    }

    private static void endless(HttpServerResponse response, String beginning) {
        page(response).setChunked(true).write(beginning);
        fill(response);
        response.drainHandler(room -> fill(response));
    }

    private static void fill(HttpServerResponse response) {
        while (!response.writeQueueFull() && !response.closed()) {
            response.write(Buffer.buffer(FILLER));
        }
    }

    /** Invalid HTTP responses. */
    private void answerRaw(NetSocket socket) {
        socket.handler(request -> {
            if (request.toString().startsWith("GET /raw/not-http")) {
                socket.write("+PONG\r\n").onComplete(sent -> socket.close());
            } else if (request.toString().startsWith("GET /raw/drip")) {
                drip(socket);
            } else {
                socket.write("HTTP/1.1 200 OK\r\n" + ("X-More: " + "more".repeat(100) + "\r\n").repeat(100));
            }
        });
    }

    /** A head that never ends, a byte now and then. */
    private void drip(NetSocket socket) {
        socket.write("HTTP/1.1 200 OK\r\nX-Slow: ");
        long timer = vertx.setPeriodic(20, tick -> socket.write("x"));
        open.incrementAndGet();
        socket.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            open.decrementAndGet();
        });
    }

    /** A byte now and then, for ever. */
    private void drip(HttpServerResponse response) {
        vertx.setPeriodic(20, timer -> {
            if (response.closed()) {
                vertx.cancelTimer(timer);
            } else {
                response.write(" ");
            }
        });
    }
}
