package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that responds to the first bytes with one byte, and closes. */
class LingeringCloseTest {

    /** More than the buffers of both kernels take: a server that does not read it resets the connection. */
    private static final byte[] MUCH = new byte[16_000_000];

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private int port;

    @BeforeEach
    void serve() throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new LingeringClose(), new ByteSender());
                    }
                })
                .bind("localhost", 0)
                .sync()
                .channel();
        port = ((InetSocketAddress) server.localAddress()).getPort();
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void shouldReadToTheEndAndCloseWithoutAReset() {
        // Repeated, because on a busy machine the time to linger may end first.
        await().atMost(Duration.ofMinutes(1)).until(this::isReadAll);
    }

    @Test
    void shouldResetAConnectionThatTheClientKeepsOpen() throws IOException {
        try (Socket client = new Socket("localhost", port)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().readAllBytes()).containsExactly('y');

            await().atMost(Duration.ofMinutes(1)).until(() -> isReset(client));
        }
    }

    private boolean isReadAll() throws IOException {
        try (Socket client = new Socket("localhost", port)) {
            client.getOutputStream().write(MUCH);
            return client.getInputStream().readAllBytes().length == 1;
        } catch (SocketException reset) {
            return false;
        }
    }

    private static boolean isReset(Socket client) {
        try {
            client.getOutputStream().write('x');
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static final class ByteSender extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object input) {
            ReferenceCountUtil.release(input);
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'y'}));
            context.channel().close();
        }
    }
}
