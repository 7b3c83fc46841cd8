package io.heliograph.gateway.upstream.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
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
final class ResponseDecoder extends HttpResponseDecoder {

    private final BooleanSupplier ofHead;

    /** Null where there is no chunked body. */
    private ChunkSizeValidator chunks;

    private boolean broken;

    /** @param ofHead whether the current request is a {@code HEAD}, so that no body follows */
    ResponseDecoder(HttpDecoderConfig config, BooleanSupplier ofHead) {
        super(config);
        this.ofHead = ofHead;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) throws Exception {
        if (broken) {
            bytes.skipBytes(bytes.readableBytes());
        } else if (chunks != null && !chunks.accept(bytes)) {
            broken = true;
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
                follow(out.get(out.size() - 1));
            }
        }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        boolean interim = ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
        return (!interim && ofHead.getAsBoolean()) || super.isContentAlwaysEmpty(message);
    }

    private void follow(Object latest) {
        if (latest instanceof LastHttpContent) {
            chunks = null;
        } else if (latest instanceof HttpMessage message && HttpUtil.isTransferEncodingChunked(message)) {
            chunks = new ChunkSizeValidator();
        }
    }
}
