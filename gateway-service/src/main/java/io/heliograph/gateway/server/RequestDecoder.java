package io.heliograph.gateway.server;

import io.heliograph.gateway.upstream.client.ResponseDecoder.ChunkSizeValidator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * The decoder of Vert.x, with checks for what it would accept silently: whitespace other than a space in the request
 * line, two lengths of one body, invalid chunk sizes.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {

    private boolean betweenRequests = true;
    /** The current request is HTTP/1.0. */
    private boolean http10;
    /** Null unless a chunked body is being read. */
    private ChunkSizeValidator chunks;

    private boolean failed;

    RequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) throws Exception {
        if (failed) {
            bytes.skipBytes(bytes.readableBytes());
        } else if (betweenRequests && !RequestLine.isPlain(bytes)) {
            fail(createInvalidMessage(), bytes, out);
        } else if (chunks != null && !chunks.accept(bytes)) {
            fail(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER), bytes, out);
        } else {
            int start = bytes.readerIndex();
            super.decode(ctx, bytes, out);
            if (http10 && !out.isEmpty() && out.get(0) instanceof HttpMessage message) {
                http10 = false;
                message.setProtocolVersion(HttpVersion.HTTP_1_0);
            }
            if (chunks != null) {
                chunks.consumed(bytes.readerIndex() - start);
            }
            if (!out.isEmpty()) {
                updateState(out.get(out.size() - 1));
            }
        }
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        betweenRequests = false;
        if (!line[2].equals("HTTP/1.1") && !line[2].equals("HTTP/1.0")) {
            throw new UnsupportedVersionException(line[2]);
        }
        HttpMessage message = super.createMessage(line);
        if (HttpVersion.HTTP_1_0.equals(message.protocolVersion())) {
            // The decoder would accept several Content-Length headers of an HTTP/1.0 request.
            http10 = true;
            message.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        return message;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("two lengths of one body");
    }

    private void updateState(Object latest) {
        if (latest instanceof LastHttpContent) {
            betweenRequests = true;
            chunks = null;
        } else if (latest instanceof HttpMessage message && HttpUtil.isTransferEncodingChunked(message)) {
            chunks = new ChunkSizeValidator();
        }
    }

    private void fail(HttpObject object, ByteBuf bytes, List<Object> out) {
        failed = true;
        bytes.skipBytes(bytes.readableBytes());
        object.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("malformed line")));
        out.add(object);
    }

    /** An HTTP version that is not supported. */
    static final class UnsupportedVersionException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        UnsupportedVersionException(String version) {
            super(version);
        }
    }

    /** The first line of a request, before it is parsed. */
    static final class RequestLine {

        private static final int WORDS = 3;

        private RequestLine() {}

        /** Whether the request line, as far as it has been received, is three words separated by single spaces. */
        static boolean isPlain(ByteBuf bytes) {
            int i = bytes.readerIndex();
            int end = bytes.writerIndex();
            // Some clients send an empty line after a body, which is to be ignored (RFC 9112, 2.2).
            while (i < end && isLineBreak(bytes.getByte(i))) {
                i++;
            }
            int words = 1;
            int length = 0;
            for (; i < end; i++) {
                byte b = bytes.getByte(i);
                if (isLineBreak(b)) {
                    return words == WORDS && length > 0;
                } else if (b == HttpConstants.SP && length > 0) {
                    words++;
                    length = 0;
                } else if ((b >= 0 && b <= HttpConstants.SP) || b == 0x7f) {
                    return false;
                } else {
                    length++;
                }
            }
            return true;
        }

        private static boolean isLineBreak(byte b) {
            return b == HttpConstants.CR || b == HttpConstants.LF;
        }
    }
}
