package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Previews of links through the gateways and the cache that they share. */
@ExtendWith(RunningHeliograph.class)
class PreviewTest {

    private static final byte[] PAGE = "<title>A page</title>".getBytes(StandardCharsets.UTF_8);

    private final Heliograph heliograph;
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer site;

    PreviewTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeEach
    void open() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        site.createContext("/", exchange -> {
            fetches.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
        });
        site.start();
    }

    private String path(String page) {
        String url = "http://127.0.0.1:" + site.getAddress().getPort() + page + "?a=1&b=2";
        return "/api/previews?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        site.stop(0);
    }

    @Test
    void shouldFetchAPageOnceForAllUsers() {
        for (String name : new String[] {"ada", "grace", "ada"}) {
            Person person = heliograph.person(name);
            Reply preview = heliograph.gateway().as(person).get(path("/page")).expect(200);
            assertEquals("A page", preview.body().get("title").textValue());
        }

        assertEquals(1, fetches.get());
    }

    /** The gateways have different addresses, which are no part of the key. */
    @Test
    void shouldFetchAPageOnceForBothGateways() {
        Person ada = heliograph.person("ada");

        // Redis may be late, and then the second gateway asks for itself.
        await().until(() -> {
            String page = path("/" + UUID.randomUUID());
            int before = fetches.get();
            heliograph.gateway(0).as(ada).get(page).expect(200);
            heliograph.gateway(1).as(ada).get(page).expect(200);
            return fetches.get() == before + 1;
        });
    }

    @Test
    void shouldNotServeCachedPreviewsWithoutAToken() {
        Api gateway = heliograph.gateway();
        gateway.as(heliograph.person("ada")).get(path("/page")).expect(200);

        assertEquals("unauthenticated", gateway.get(path("/page")).expect(401).code());
    }
}
