package io.heliograph.gateway.upstream.client;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Opens connections. Vert.x resolves names, connects and does TLS; the handlers of HTTP are Netty's. */
public final class Connector {

    /** The largest response head; the same as for requests to the gateway. */
    private static final int MAX_HEADER_SIZE = 64 * 1024;

    /** The largest part of a body per message: one read of a socket. */
    private static final int MAX_CHUNK_SIZE = 64 * 1024;

    /** Headers and trailers are validated by the caller. */
    private static final HttpHeadersFactory UNCHECKED = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return HeadersMultiMap.headers();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return HeadersMultiMap.headers();
        }
    };

    private final NetClient plain;
    private final NetClient secure;

    public Connector(Vertx vertx, Duration timeout) {
        this.plain = vertx.createNetClient(options(timeout));
        this.secure = vertx.createNetClient(options(timeout).setSsl(true).setHostnameVerificationAlgorithm("HTTPS"));
    }

    /** Opens a connection on the event loop of the caller. */
    Future<UpstreamConnection> connect(ConnectionTarget target, EventLoopPool pool) {
        return (target.secure() ? secure : plain).connect(target.address()).map(socket -> connected(socket, pool));
    }

    public void close() {
        plain.close();
        secure.close();
    }

    private static UpstreamConnection connected(NetSocket socket, EventLoopPool pool) {
        ChannelPipeline pipeline =
                ((NetSocketInternal) socket).channelHandlerContext().pipeline();
        RoundFlush.on(pipeline.channel());
        UpstreamConnection connection = new UpstreamConnection(socket, pool);
        // "handler" is the handler of Vert.x, which gets no HTTP messages.
        pipeline.addBefore("handler", "decoder", new ResponseDecoder(decoder(), connection::isHeadRequest));
        pipeline.addBefore("handler", "encoder", new HttpRequestEncoder());
        pipeline.addBefore("handler", "http1", connection);
        return connection;
    }

    private static HttpDecoderConfig decoder() {
        return new HttpDecoderConfig()
                .setMaxHeaderSize(MAX_HEADER_SIZE)
                .setMaxChunkSize(MAX_CHUNK_SIZE)
                .setHeadersFactory(UNCHECKED)
                .setTrailersFactory(UNCHECKED);
    }

    private static NetClientOptions options(Duration timeout) {
        int millis = (int) timeout.toMillis();
        return new NetClientOptions()
                .setConnectTimeout(millis)
                .setSslHandshakeTimeout(millis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // Detects services that disappear while a WebSocket is open.
                .setTcpKeepAlive(true);
    }

    /**
     * The address to connect to.
     *
     * @param address the socket address, with the host name for TLS verification
     * @param authority the value of {@code Host}
     */
    public record ConnectionTarget(SocketAddress address, boolean secure, String authority) {}
}
