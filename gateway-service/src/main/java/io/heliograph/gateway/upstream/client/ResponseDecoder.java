package io.heliograph.gateway.upstream.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Netty's response decoder with checks of chunk sizes, which it truncates to 32 bits. */
public final class ResponseDecoder extends HttpResponseDecoder {

    private final BooleanSupplier isHeadRequest;

    /** Null unless a chunked body is being read. */
    private ChunkSizeValidator chunks;

    private boolean failed;

    /** @param isHeadRequest whether the current request is a {@code HEAD}, so that no body follows */
    ResponseDecoder(HttpDecoderConfig config, BooleanSupplier isHeadRequest) {
        super(config);
        this.isHeadRequest = isHeadRequest;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) throws Exception {
        if (failed) {
            bytes.skipBytes(bytes.readableBytes());
        } else if (chunks != null && !chunks.accept(bytes)) {
            failed = true;
            bytes.skipBytes(bytes.readableBytes());
            LastHttpContent end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
            end.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("malformed chunk")));
            out.add(end);
        } else {
            int start = bytes.readerIndex();
            super.decode(ctx, bytes, out);
            if (chunks != null) {
                chunks.consumed(bytes.readerIndex() - start);
            }
            if (!out.isEmpty()) {
                updateState(out.get(out.size() - 1));
            }
        }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        boolean interim = ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
        return (!interim && isHeadRequest.getAsBoolean()) || super.isContentAlwaysEmpty(message);
    }

    private void updateState(Object latest) {
        if (latest instanceof LastHttpContent) {
            chunks = null;
        } else if (latest instanceof HttpMessage message && HttpUtil.isTransferEncodingChunked(message)) {
            chunks = new ChunkSizeValidator();
        }
    }

    /**
     * Validates the chunk sizes of one body beside Netty's parser, which lets an oversized number overflow and ends a
     * size
     * at any control character.
     */
    public static final class ChunkSizeValidator {

        /** The longest chunk size in hexadecimal digits: 256 MB. */
        private static final int LONGEST = 7;

        private static final int LINE_BREAK = 2;

        /** Bytes up to the next chunk size. */
        private long left;

        /** Whether the next bytes are not a chunk size, or a valid or incomplete one. */
        public boolean accept(ByteBuf bytes) {
            if (left > 0) {
                return true;
            }
            int start = bytes.readerIndex();
            int end = bytes.indexOf(start, bytes.writerIndex(), HttpConstants.LF);
            if (end < 0) {
                return true;
            }
            long size = 0;
            int i = start;
            for (int digit = Character.digit(bytes.getByte(i), 16);
                    digit >= 0;
                    digit = Character.digit(bytes.getByte(i), 16)) {
                size = size << 4 | digit;
                i++;
            }
            // No chunk size follows the last chunk.
            left = size == 0 ? Long.MAX_VALUE : end + 1 - start + size + LINE_BREAK;
            return i > start && i - start <= LONGEST && isEndOfSize(bytes, i, end);
        }

        public void consumed(int count) {
            left -= count;
        }

        /**
         * Whether an extension or the end of the line follows, and no character that a parser could take for the end of
         * the line.
         */
        private static boolean isEndOfSize(ByteBuf bytes, int from, int end) {
            int i = from;
            while (i < end && (bytes.getByte(i) == HttpConstants.SP || bytes.getByte(i) == '\t')) {
                i++;
            }
            if (bytes.getByte(i) == HttpConstants.CR) {
                return i == end - 1;
            }
            return bytes.getByte(i) == ';' && bytes.indexOf(i, end, HttpConstants.CR) == end - 1;
        }
    }
}
