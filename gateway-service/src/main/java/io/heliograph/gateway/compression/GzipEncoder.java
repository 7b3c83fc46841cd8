package io.heliograph.gateway.compression;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes one body as gzip (RFC 1952), chunk by chunk. Each chunk can be decoded as soon as it arrives, so a stream is
 * not delayed. Its state is outside the heap until it is closed.
 */
public final class GzipEncoder implements AutoCloseable {

    /** Magic number, deflate, no flags, no time, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int TRAILER = 8;

    private final Deflater deflater;
    private final long limit;
    private final Runnable onClose;
    private final CRC32 checksum = new CRC32();
    private long length;
    private boolean begun;
    private boolean unlimited = true;
    private boolean closed;

    /**
     * @param level from 1 to 9
     * @param limit after this many bytes the body continues uncompressed, within the same format
     * @param onClose is called once
     */
    GzipEncoder(int level, long limit, Runnable onClose) {
        this.deflater = new Deflater(level, true);
        this.limit = limit;
        this.onClose = onClose;
    }

    /** The encoded form of a whole body. */
    static Buffer encode(Buffer body, int level) {
        try (GzipEncoder encoder = new GzipEncoder(level, Long.MAX_VALUE, () -> {})) {
            return encoder.encode(body, true);
        }
    }

    /**
     * The encoded form of the next chunk.
     *
     * @param last whether the body ends with this chunk, which may be empty then
     */
    public Buffer encode(Buffer chunk, boolean last) {
        byte[] input = chunk.getBytes();
        checksum.update(input);
        length += input.length;
        deflater.setInput(input);
        if (last) {
            deflater.finish();
        }
        byte[] output = new byte[input.length / 3 + 128];
        int size = 0;
        if (!begun) {
            begun = true;
            System.arraycopy(HEADER, 0, output, 0, HEADER.length);
            size = HEADER.length;
        }
        boolean more = true;
        while (more) {
            if (size == output.length) {
                output = Arrays.copyOf(output, 2 * output.length);
            }
            size += deflater.deflate(
                    output, size, output.length - size, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            more = last ? !deflater.finished() : size == output.length;
        }
        if (unlimited && length >= limit && !last) {
            unlimited = false;
            deflater.setLevel(Deflater.NO_COMPRESSION);
        }
        return last ? end(output, size) : Buffer.buffer(size).appendBytes(output, 0, size);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            deflater.end();
            onClose.run();
        }
    }

    /** Appends the checksum and the length, and releases the state. */
    private Buffer end(byte[] output, int size) {
        close();
        return Buffer.buffer(size + TRAILER)
                .appendBytes(output, 0, size)
                .appendIntLE((int) checksum.getValue())
                .appendIntLE((int) length);
    }
}
