package io.heliograph.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.delivery.Subscription.EndReason;
import io.heliograph.message.delivery.Subscription.Position;
import io.heliograph.message.message.Message;
import io.heliograph.testsupport.Json;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.spi.metrics.NetworkMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A client that applies what comes by seq, as the protocol asks, and breaks off at random with frames unread. Used on
 * its event loop only.
 */
final class SimulatedClient {

    /** A message as it is now. */
    record Entry(long rev, String clientId, String content, boolean deleted, long reactions) {

        static Entry of(Message message) {
            return new Entry(
                    message.rev(),
                    message.clientId(),
                    message.content(),
                    message.deletedAt() != null,
                    message.reactions().isEmpty()
                            ? 0
                            : message.reactions().get(0).count());
        }
    }

    private final LiveDelivery delivery;
    private final ContextInternal context;
    private final EventLoop loop;
    private final Random random;
    private final UUID user = UUID.randomUUID();
    private final Map<Long, Entry> picture = new TreeMap<>();
    private final Queue<JsonNode> unread = new ArrayDeque<>();
    private Set<Long> knownBefore;
    private Subscription subscription;
    private OutboundQueue out;
    private Channel channel;
    private boolean entering;
    private long rev;

    SimulatedClient(LiveDelivery delivery, ContextInternal context, Random random, Map<Long, Message> known, long rev) {
        this.delivery = delivery;
        this.context = context;
        this.loop = context.nettyEventLoop();
        this.random = random;
        this.rev = rev;
        known.forEach((seq, message) -> picture.put(seq, Entry.of(message)));
    }

    EventLoop loop() {
        return loop;
    }

    long rev() {
        return rev;
    }

    Map<Long, Entry> picture() {
        return picture;
    }

    void step() {
        switch (random.nextInt(10)) {
            case 0 -> breakOff();
            case 1, 2, 3 -> readSome(random.nextInt(unread.size() + 1));
            case 4 -> dawdle(random.nextBoolean());
            default -> keepUp();
        }
    }

    void keepUp() {
        if (subscription == null && !entering) {
            join();
        } else if (subscription != null) {
            dawdle(false);
        }
        readSome(unread.size());
    }

    private void join() {
        entering = true;
        knownBefore = Set.copyOf(picture.keySet());
        connect();
        delivery.enter(SimulatedRoom.ID, loop)
                .onComplete(entered -> loop.execute(() -> {
                    entering = false;
                    if (entered.succeeded()) {
                        subscription =
                                entered.result().subscribe(out, user, new Position(rev, false), this::interrupted);
                    }
                }));
    }

    private void connect() {
        channel = new LocalChannel();
        channel.pipeline().addLast(new Wire(), new ChannelInboundHandlerAdapter());
        loop.register(channel);
        out = delivery.outbound(new Connection(context, channel.pipeline().lastContext()), () -> {
            throw new AssertionError("the client stalled for too long");
        });
    }

    private void interrupted(Subscription which, EndReason why) {
        readSome(unread.size());
        assertThat(why).isEqualTo(EndReason.STORE_UNAVAILABLE);
        subscription = null;
    }

    /** What had come and was not read is lost. */
    private void breakOff() {
        if (subscription != null) {
            readSome(random.nextInt(unread.size() + 1));
            subscription.leave();
            subscription = null;
        }
        unread.clear();
    }

    private void dawdle(boolean slow) {
        if (channel != null) {
            channel.unsafe().outboundBuffer().setUserDefinedWritability(1, !slow);
            out.drained();
        }
    }

    private void readSome(int frames) {
        for (int i = 0; i < frames; i++) {
            read(unread.remove());
        }
    }

    private void read(JsonNode frame) {
        assertThat(frame.get("rev").asLong()).as(frame.toString()).isGreaterThan(rev);
        rev = frame.get("rev").asLong();
        long seq = frame.get("seq").asLong();
        Entry before = picture.get(seq);
        switch (frame.get("type").textValue()) {
            case "message" -> {
                assertThat(knownBefore).as("new").doesNotContain(seq);
                picture.put(seq, whole(frame));
            }
            case "reaction" -> {
                assertThat(before).as("the message of " + frame).isNotNull();
                picture.put(
                        seq,
                        new Entry(
                                rev,
                                before.clientId,
                                before.content,
                                before.deleted,
                                frame.get("count").asLong()));
            }
            default -> picture.put(seq, whole(frame));
        }
    }

    private static Entry whole(JsonNode frame) {
        return new Entry(
                frame.get("rev").asLong(),
                frame.path("clientId").textValue(),
                frame.path("content").asText(""),
                frame.has("deletedAt"),
                reactions(frame));
    }

    private static long reactions(JsonNode frame) {
        return frame.path("reactions").path(0).path("count").asLong();
    }

    /** The other end of the socket: takes whole frames. */
    private final class Wire extends ChannelDuplexHandler {

        @Override
        public void write(ChannelHandlerContext wire, Object written, ChannelPromise promise) {
            ByteBuf bytes = (ByteBuf) written;
            while (bytes.isReadable()) {
                bytes.skipBytes(1);
                int length = bytes.readUnsignedByte();
                int size = length < 126 ? length : bytes.readUnsignedShort();
                unread.add(Json.parse(
                        bytes.readCharSequence(size, StandardCharsets.UTF_8).toString()));
            }
            bytes.release();
        }
    }

    private static final class Connection extends ConnectionBase {

        Connection(ContextInternal context, ChannelHandlerContext channel) {
            super(context, channel);
        }

        @Override
        public NetworkMetrics<?> metrics() {
            return null;
        }

        @Override
        protected void handleInterestedOpsChanged() {}
    }
}
