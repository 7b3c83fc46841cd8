package io.heliograph.gateway.upstream.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoundFlushTest {

    private final EmbeddedChannel connection = connection();

    @Test
    void shouldFlushAtTheEndOfARound() {
        say(connection, "a");
        assertNull(written());

        connection.runPendingTasks();

        assertEquals("a", written());
    }

    @Test
    void shouldDeferFlushesDuringARoundToTheNext() {
        connection.pipeline().write(bytes("a")).addListener(written -> say(connection, "b"));
        connection.pipeline().flush();

        connection.runPendingTasks();

        assertEquals("a", written());
        assertEquals("b", written());
    }

    @Test
    void shouldFlushAFullBufferAtOnce() {
        connection.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));

        say(connection, "more than there is room for");

        assertEquals("more than there is room for", written());
    }

    @Test
    void shouldFlushBeforeClose() {
        say(connection, "goodbye");

        connection.close();

        assertEquals("goodbye", written());
        assertFalse(connection.isOpen());
    }

    @Test
    void shouldFlushWhenRemoved() {
        say(connection, "the last of HTTP/1");

        connection.pipeline().remove(RoundFlush.class);

        assertEquals("the last of HTTP/1", written());
    }

    @Test
    void shouldFlushTheOthersAfterOneHasClosed() {
        EmbeddedChannel other = connection();
        say(connection, "a");
        say(other, "b");

        connection.close();
        connection.runPendingTasks();
        other.runPendingTasks();

        assertTrue(other.isOpen());
        assertEquals("b", ((ByteBuf) other.readOutbound()).toString(StandardCharsets.US_ASCII));
    }

    private static EmbeddedChannel connection() {
        EmbeddedChannel channel = new EmbeddedChannel();
        RoundFlush.on(channel);
        return channel;
    }

    /** By way of the pipeline: the channel itself would run what is pending. */
    private static void say(EmbeddedChannel channel, String text) {
        channel.pipeline().writeAndFlush(bytes(text));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private String written() {
        ByteBuf bytes = connection.readOutbound();
        return bytes == null ? null : bytes.toString(StandardCharsets.US_ASCII);
    }
}
