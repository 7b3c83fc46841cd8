package io.heliograph.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.message.egress.Destination;
import io.heliograph.message.egress.EgressPolicy;
import io.heliograph.message.testsupport.Settings;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Fetched and rejected addresses: each row of the tables beside this test. */
class PageFetcherTest {

    private static final PreviewConfig CONFIG = Settings.of(PreviewConfig.class, Map.of());
    private static final EgressPolicy PUBLIC_ONLY = new EgressPolicy(List.of());
    /** The only address of this machine that counts as public. */
    private static final EgressPolicy ONE_ADDRESS = new EgressPolicy(List.of("127.0.0.1"));

    private static final Map<String, List<String>> NAMES = Map.of(
            "site.test", List.of("127.0.0.1"),
            "other.test", List.of("127.0.0.1"),
            "private.test", List.of("10.0.0.1"),
            "mixed.test", List.of("1.1.1.1", "192.168.1.1"),
            "mapped.test", List.of("::ffff:192.168.1.1"),
            "loopback6.test", List.of("::1"),
            "metadata.test", List.of("169.254.169.254"),
            "nat64.test", List.of("64:ff9b::7f00:1"),
            "6to4.test", List.of("2002:7f00:1::1"),
            "half-dead.test", List.of("127.0.0.3", "127.0.0.1"));

    private static Vertx vertx;
    private static Site site;
    private static Site internal;

    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final List<String> admitted = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        site = Site.on(vertx, "127.0.0.1");
        internal = Site.on(vertx, "127.0.0.2");
    }

    @AfterEach
    void nothingInternalWasAsked() {
        assertThat(internal.hosts()).isEmpty();
    }

    @AfterAll
    static void close() {
        site.close();
        internal.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "refused.csv", delimiter = '|')
    void shouldRejectAddressesThatAreNotPublic(String url, String code) {
        assertThat(outcome(PUBLIC_ONLY, url)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "pages.csv", delimiter = '|', quoteCharacter = '\0')
    void shouldReadUnusualPages(String path, String title) {
        assertThat(outcome(ONE_ADDRESS, site("site.test", path))).isEqualTo(title);
    }

    @Test
    void shouldReadAllFieldsOfAPage() {
        Preview preview = preview(ONE_ADDRESS, site("site.test", "/og?a=1"));

        String origin = "http://site.test:" + site.port();
        assertThat(preview)
                .isEqualTo(new Preview(
                        origin + "/og?a=1", "Open Graph", "Says what it is", origin + "/picture.png", "A site"));
    }

    @Test
    void shouldUseAnImageAsItsOwnPreview() {
        String url = site("site.test", "/image.png");

        assertThat(preview(ONE_ADDRESS, url)).isEqualTo(new Preview(url, null, null, url, null));
    }

    @Test
    void shouldConnectToTheValidatedAddressWithTheHostHeader() {
        String url = site("rebinding.test", "/redirects/1");

        // The second look-up, which a redirect to the same host needs, brings an address that is not public.
        assertThat(outcome(ONE_ADDRESS, url)).isEqualTo("preview_refused");
        assertThat(lookedUp).containsExactly("rebinding.test", "rebinding.test");
        assertThat(site.hosts()).contains("rebinding.test:" + site.port());
    }

    @Test
    void shouldTryTheNextAddressOfAHost() {
        assertThat(outcome(new EgressPolicy(List.of("127.0.0.0/30")), site("half-dead.test", "/plain")))
                .isEqualTo("A page");
    }

    @Test
    void shouldCheckTheRateLimitBeforeEachRequest() {
        assertThat(outcome(ONE_ADDRESS, site("site.test", "/redirect-to-private-name")))
                .isEqualTo("preview_refused");
        assertThat(admitted).containsExactly("site.test", "private.test");
    }

    /** The certificate is for site.test, so a host of another name at the same address is not it. */
    @Test
    void shouldSendSniAndVerifyTheCertificateOfTheHost(@TempDir Path folder) throws Exception {
        PfxOptions certificate = certificate(folder, "site.test");
        List<String> named = new CopyOnWriteArrayList<>();
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(certificate))
                .requestHandler(request -> {
                    named.add(request.connection().indicatedServerName());
                    request.response().putHeader("Content-Type", "text/html").end("<title>Safe</title>");
                });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        String path = ":" + server.actualPort() + "/";
        HttpClientOptions trusting = PreviewService.options(CONFIG).setTrustOptions(certificate);

        assertThat(preview(ONE_ADDRESS, "https://site.test" + path, trusting).title())
                .isEqualTo("Safe");
        assertThat(named).containsExactly("site.test");
        assertThatThrownBy(() -> preview(ONE_ADDRESS, "https://other.test" + path, trusting))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("preview_unavailable"));
        assertThat(outcome(ONE_ADDRESS, "https://site.test" + path)).isEqualTo("preview_unavailable");
        server.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private static PfxOptions certificate(Path folder, String host) throws Exception {
        Path store = folder.resolve("certificate.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "site",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return new PfxOptions().setPath(store.toString()).setPassword("changeit");
    }

    private static String site(String host, String path) {
        return "http://" + host + ':' + (path.startsWith("/raw/") ? site.rawPort() : site.port()) + path;
    }

    private String outcome(EgressPolicy egress, String url) {
        try {
            return String.valueOf(preview(egress, url).title());
        } catch (ProblemException refusal) {
            return refusal.code();
        }
    }

    private Preview preview(EgressPolicy egress, String url) {
        return preview(egress, url, PreviewService.options(CONFIG));
    }

    private Preview preview(EgressPolicy egress, String url, HttpClientOptions options) {
        PageFetcher fetcher = new PageFetcher(PreviewService.client(vertx, options), this::resolve, egress, CONFIG);
        Destination target = PreviewResource.destination(url);
        Promise<Preview> preview = Promise.promise();
        vertx.runOnContext(loop -> fetcher.fetch(target, new Cancellation(), this::admit)
                .map(page -> PageReader.read(page, (int) CONFIG.maxBody().asLongValue()))
                .onComplete(preview));
        try {
            return preview.future().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException refusal) {
                throw refusal;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private Future<Void> admit(String host) {
        admitted.add(host);
        return Future.succeededFuture();
    }

    private Future<List<InetAddress>> resolve(String host) {
        lookedUp.add(host);
        if (host.equals("public.test")) {
            throw new AssertionError("this address is refused before its host is looked up");
        }
        if (host.equals("rebinding.test")) {
            boolean first = lookedUp.stream().filter(host::equals).count() == 1 && !lookedUp.contains("site.test");
            return addresses(List.of(first ? "127.0.0.1" : "127.0.0.2"));
        }
        return addresses(NAMES.getOrDefault(host, List.of(host)));
    }

    private static Future<List<InetAddress>> addresses(List<String> texts) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            if (text.endsWith(".test") || text.equals("-")) {
                return Future.failedFuture(new UnknownHostException(text));
            }
            try {
                addresses.addAll(List.of(InetAddress.getAllByName(text)));
            } catch (UnknownHostException e) {
                return Future.failedFuture(e);
            }
        }
        return Future.succeededFuture(addresses);
    }
}
