package io.heliograph.gateway.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server with the same addresses for every name, which a test can change. */
final class NameServer implements AutoCloseable {

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final AtomicInteger questions = new AtomicInteger();
    private final int port;
    private volatile List<String> addresses = List.of();
    private volatile DnsResponseCode code = DnsResponseCode.NOERROR;

    NameServer() {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<DatagramChannel>() {
                    @Override
                    protected void initChannel(DatagramChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Answers());
                    }
                });
        var channel = bootstrap.bind("127.0.0.1", 0).syncUninterruptibly().channel();
        port = ((InetSocketAddress) channel.localAddress()).getPort();
    }

    int port() {
        return port;
    }

    /** The number of queries for IPv4 addresses. */
    int questions() {
        return questions.get();
    }

    void answer(String... now) {
        code = DnsResponseCode.NOERROR;
        addresses = List.of(now);
    }

    /** Null for silence. */
    void fail(DnsResponseCode with) {
        code = with;
        addresses = List.of();
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            boolean v4 = DnsRecordType.A.equals(question.type());
            if (v4) {
                questions.incrementAndGet();
            }
            if (code == null) {
                return;
            }
            DatagramDnsResponse response = new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
            response.setCode(code)
                    .addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
            for (String address : v4 ? addresses : List.<String>of()) {
                response.addRecord(
                        DnsSection.ANSWER,
                        new DefaultDnsRawRecord(
                                question.name(),
                                DnsRecordType.A,
                                60,
                                Unpooled.wrappedBuffer(NetUtil.createByteArrayFromIpAddressString(address))));
            }
            context.writeAndFlush(response);
        }
    }
}
