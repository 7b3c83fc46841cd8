package io.heliograph.e2e.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Accessibility;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Legibility;
import io.heliograph.e2e.testsupport.Node;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The element {@code <heliograph-chat>} in the page of {@code examples/widget}, which is of another origin. */
@ExtendWith(RunningHeliograph.class)
class WidgetTest {

    private static final int MESSAGES = 120;

    private final Heliograph heliograph;
    private FaultProxy network;
    private Process product;

    WidgetTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    static void needsABrowserAndNode() {
        Browser.assumeInstalled();
        Node.assumeInstalled();
    }

    @BeforeEach
    void start() throws IOException {
        heliograph.awaitReady();
        network = FaultProxy.before(heliograph.gateway().address().getPort());
        JsonNode account = heliograph
                .gateway()
                .withToken(heliograph.adminToken())
                .post("/api/service-accounts", Map.of("name", "Shop", "roles", List.of("integrator", "impersonator")))
                .expect(201)
                .body();
        ProcessBuilder builder = new ProcessBuilder("node", "examples/widget/server.mjs")
                .directory(Heliograph.home().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "HELIOGRAPH_URL", heliograph.gateway().address().toString(),
                        "HELIOGRAPH_PUBLIC_URL", "http://localhost:" + network.port(),
                        "HELIOGRAPH_CLIENT_ID", account.get("clientId").asText(),
                        "HELIOGRAPH_CLIENT_SECRET", account.get("clientSecret").asText(),
                        "PORT", Integer.toString(heliograph.embedder().getPort())));
        product = builder.start();
        BufferedReader output = product.inputReader(StandardCharsets.UTF_8);
        assertEquals(true, String.valueOf(output.readLine()).startsWith("http://"), "the example has ended");
    }

    @AfterEach
    void stop() throws InterruptedException {
        product.destroyForcibly().waitFor();
        network.close();
    }

    @Test
    void shouldSendAndReceiveOnAnotherOriginThroughADisconnection() {
        try (Browser marie = open("marie", 1280, ColorScheme.LIGHT);
                Browser pierre = open("pierre", 390, ColorScheme.DARK)) {
            write(marie, "Where is my order? See https://example.org/17.");
            await().until(() -> messages(pierre).contains("Where is my order"));
            write(pierre, "At your door");
            await().until(() -> messages(marie).contains("At your door"));

            network.become(Mode.REFUSE);
            network.cut();
            await().until(() -> state(marie).equals("offline") && state(pierre).equals("offline"));
            write(marie, "Nobody rang");
            await().until(() -> text(marie, ".pending").contains("Waiting to be sent"));
            marie.screenshot("widget-offline");
            network.become(Mode.PASS);

            await().until(() -> state(marie).equals("live") && state(pierre).equals("live"));
            await().until(() -> messages(pierre).contains("Nobody rang"));
            await().until(() -> text(marie, ".pending").isEmpty());
            assertEquals(
                    List.of("Where is my order? See https://example.org/17.", "At your door", "Nobody rang"),
                    texts(marie));
            assertEquals(texts(marie), texts(pierre));
            assertLegible(marie, "widget-light");
            assertLegible(pierre, "widget-phone");
            assertEquals(List.of(), marie.errorsOfPage());
            assertEquals(List.of(), pierre.errorsOfPage());
        }
    }

    @Test
    void shouldCountUnreadMessagesAndLoadOlderOnesOnScrolling() {
        try (Browser marie = open("marie", 1280, ColorScheme.DARK)) {
            write(marie, "Hello");
            await().until(() -> texts(marie).size() == 1);
            Api pierre = heliograph.gateway().withToken(productToken("pierre"));
            String room = (String) marie.run("return document.querySelector('heliograph-chat').room");
            marie.run("""
                    window.events = [];
                    for (const name of ['message', 'unread', 'sent', 'state', 'error']) {
                      document.addEventListener(`heliograph-${name}`, () => events.push(name));
                    }
                    document.querySelector('heliograph-chat').hidden = true;
                    """);
            pierre.post(
                            "/api/rooms/" + room + "/messages/batch",
                            Map.of(
                                    "messages",
                                    IntStream.rangeClosed(1, MESSAGES)
                                            .mapToObj(i -> Map.of("content", "line " + i))
                                            .toList()))
                    .expect(201);

            await().until(() -> marie.text("#unread").equals(MESSAGES + " unread"));
            assertEquals(true, marie.run("return events.filter((name) => name === 'message').length === 120"));
            marie.visit(heliograph.embedder().resolve("/marie"));
            await().until(() -> messages(marie).contains("line " + MESSAGES));
            await().until(() -> marie.text("#unread").isEmpty());
            marie.screenshot("widget-unread");

            marie.run("document.querySelector('heliograph-chat').shadowRoot.querySelector('.scroller').scrollTop = 0");
            await().until(() -> texts(marie).size() > 90);
            marie.run("document.querySelector('heliograph-chat').shadowRoot.querySelector('.scroller').scrollTop = 0");
            await().until(() -> texts(marie).size() == MESSAGES + 1);
            assertEquals("Hello", texts(marie).get(0));
            assertEquals(List.of(), marie.errorsOfPage());
        }
    }

    @Test
    void shouldShowWhyItIsNotConnectedAndUseTokensOfThePage() {
        try (Browser marie = open("marie", 390, ColorScheme.LIGHT)) {
            marie.run("document.querySelector('heliograph-chat').token = async () => null");
            await().until(() -> state(marie).equals("signed-out"));
            assertEquals(true, text(marie, "header").contains("You are not signed in."));
            assertLegible(marie, "widget-signed-out");

            marie.run("document.querySelector('heliograph-chat').token = async () => arguments[0]"
                    .replace("arguments[0]", "'" + productToken("marie") + "'"));
            await().until(() -> state(marie).equals("live"));
            marie.run("document.querySelector('heliograph-chat').room = '00000000-0000-7000-8000-000000000000'");
            await().until(() -> state(marie).equals("no-such-room"));
        }
    }

    private Browser open(String user, int width, ColorScheme scheme) {
        Browser browser = Browser.open(width, 844, scheme);
        browser.visit(heliograph.embedder().resolve("/" + user));
        await().until(() -> state(browser).equals("live"));
        return browser;
    }

    private static void assertLegible(Browser browser, String screenshot) {
        browser.screenshot(screenshot);
        assertEquals(List.of(), Legibility.faults(browser));
        assertEquals(List.of(), Accessibility.violations(browser));
        assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"));
    }

    private static void write(Browser browser, String text) {
        browser.run("document.querySelector('heliograph-chat').focus()");
        browser.press(text + Keys.ENTER);
    }

    private static String state(Browser browser) {
        return String.valueOf(browser.run("return document.querySelector('heliograph-chat').state"));
    }

    private static String messages(Browser browser) {
        return text(browser, ".messages");
    }

    /** Of the first such element within the widget; empty if there is none. */
    private static String text(Browser browser, String selector) {
        return (String) browser.run(
                "return document.querySelector('heliograph-chat').shadowRoot.querySelector(arguments[0])?.innerText ?? ''",
                selector);
    }

    /** The contents of the stored messages. */
    @SuppressWarnings("unchecked")
    private static List<String> texts(Browser browser) {
        return (List<String>) browser.run("""
                return [...document.querySelector('heliograph-chat').shadowRoot.querySelectorAll('li:not(.pending) > .text')]
                  .map((node) => node.innerText);
                """);
    }

    private String productToken(String user) {
        return new Api(heliograph.embedder(), null)
                .post("/" + user + "/token", Map.of())
                .expect(200)
                .body()
                .get("access_token")
                .textValue();
    }
}
