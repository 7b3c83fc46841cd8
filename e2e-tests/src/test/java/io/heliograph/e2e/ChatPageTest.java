package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Imports, exports and previews of links on the chat page, in a real browser. */
@ExtendWith(RunningHeliograph.class)
class ChatPageTest {

    private static final byte[] PAGE = """
            <title>A page</title><meta name="description" content="What it says">
            <meta property="og:image" content="https://elsewhere.example/tracker.png">""".getBytes(StandardCharsets.UTF_8);

    private final Heliograph heliograph;
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer site;
    private Person ada;
    private Api gateway;
    private UUID room;

    @TempDir
    Path folder;

    ChatPageTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    static void needsABrowser() {
        Browser.assumeInstalled();
    }

    @BeforeEach
    void open() throws IOException {
        heliograph.awaitReady();
        site = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        site.createContext("/page", exchange -> {
            fetches.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
        });
        site.start();
        ada = heliograph.person("ada");
        gateway = heliograph.gateway().as(ada);
        room = gateway.room("private");
    }

    @AfterEach
    void close() {
        site.stop(0);
    }

    @Test
    void shouldImportFilesAndShowWhatBecameOfEach() throws IOException {
        Path good = Files.writeString(folder.resolve("good.txt"), "first\nsecond\n");
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"content\": \"third\"}\nno json\n");
        try (Browser browser = signedIn(390, ColorScheme.DARK)) {
            browser.find("#import").click();
            browser.find("dialog[open] input[name=file]").sendKeys(good + "\n" + bad);
            assertFalse(browser.find("dialog[open] input[name=channel]").isDisplayed());
            browser.screenshot("chat-import");
            browser.find("dialog[open] button[type=submit]").click();

            await().until(() -> browser.text("dialog[open] .report").contains("bad.jsonl"));
            String report = browser.text("dialog[open] .report");
            assertTrue(report.contains("2 messages imported"), report);
            assertTrue(report.contains("1 message imported, 1 skipped"), report);
            assertTrue(report.contains("line 2"), report);
            assertEquals("The import is done.", browser.text("dialog[open] .status"));
            browser.screenshot("chat-import-report");
            assertEquals(390L, browser.run("return document.documentElement.scrollWidth"));

            browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
            await().until(() -> browser.findAll("dialog[open]").isEmpty());
            assertEquals("import", browser.run("return document.activeElement.id"));
            await().until(() -> browser.text("#messages").contains("third"));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldSayWhichChannelsAnArchiveHas() throws IOException {
        Path archive = folder.resolve("slack.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String channel : List.of("general", "random")) {
                zip.putNextEntry(new ZipEntry(channel + "/2020-01-01.json"));
                zip.write("[]".getBytes(StandardCharsets.UTF_8));
            }
        }
        try (Browser browser = signedIn(1200, ColorScheme.LIGHT)) {
            browser.find("#import").click();
            browser.find("dialog[open] input[name=file]").sendKeys(archive.toString());
            assertTrue(browser.find("dialog[open] input[name=channel]").isDisplayed());
            browser.find("dialog[open] button[type=submit]").click();

            await().until(() -> browser.text("dialog[open] .report").contains("general, random"));
        }
    }

    @Test
    void shouldExportTheRoomAsAFile() throws IOException {
        gateway.send(room, "1", "to be exported").expect(201);
        try (Browser browser = signedIn(390, ColorScheme.LIGHT)) {
            browser.driver()
                    .executeCdpCommand(
                            "Browser.setDownloadBehavior",
                            Map.of("behavior", "allow", "downloadPath", folder.toString()));
            browser.find("#export").click();
            browser.find("dialog[open] button[type=submit]").click();

            await().until(() -> browser.text("dialog[open] .report").contains("Download"));
            browser.screenshot("chat-export");
            browser.find("dialog[open] .report button").click();

            await().until(() -> exported().contains("to be exported"));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldShowAPreviewOnceItIsSeenAndAskForItOnce() {
        String url = "http://127.0.0.1:" + site.getAddress().getPort() + "/page";
        gateway.send(room, "1", "See " + url + ", it is good").expect(201);
        for (int i = 2; i < 40; i++) {
            gateway.send(room, Integer.toString(i), "a line\n".repeat(3)).expect(201);
        }
        try (Browser browser = signedIn(390, ColorScheme.DARK)) {
            await().until(() -> browser.text("#messages").contains("it is good"));
            assertEquals(0, fetches.get());

            browser.run("document.querySelector('#messages li').scrollIntoView()");

            await().until(() -> browser.text("#messages .preview").contains("A page"));
            String card = browser.text("#messages .preview");
            assertTrue(card.contains("What it says"), card);
            assertTrue(card.contains("127.0.0.1"), card);
            assertEquals(url, browser.find("#messages .preview").getAttribute("href"));
            browser.screenshot("chat-preview");

            // What is new draws all messages again.
            gateway.send(room, "again", "Also " + url).expect(201);
            await().until(() -> browser.findAll("#messages .preview").size() == 2);
            assertEquals(1, fetches.get());
            // The image is of another site, and is not asked for.
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldLoseNothingThatWasTyped() {
        try (Browser browser = signedIn(390, ColorScheme.LIGHT)) {
            browser.find("#send textarea").sendKeys("not to be lost");
            browser.run("location.reload()");
            await().ignoreExceptions().until(() -> browser.run("return document.querySelector('#send textarea').value")
                    .equals("not to be lost"));
            await().until(() -> "live".equals(browser.text("#state")));

            heliograph.postgres().stop();
            try {
                browser.find("#send textarea").sendKeys(Keys.ENTER);
                await().until(() ->
                        browser.texts("#messages li.waiting").toString().contains("not to be lost"));
                browser.screenshot("chat-waiting");
            } finally {
                heliograph.postgres().start();
            }
            heliograph.awaitReady();

            await().until(() -> browser.findAll("#messages li.waiting, #messages li.sending")
                    .isEmpty());
            assertTrue(browser.text("#messages").contains("not to be lost"));
            assertEquals(1, gateway.history(room).size());
            assertEquals("", browser.run("return document.querySelector('#send textarea').value"));
        }
    }

    @Test
    void shouldShowWhyAMessageWasRefusedAndKeepIt() {
        try (Browser browser = signedIn(390, ColorScheme.DARK)) {
            // Visible to the page, and to nobody else.
            browser.run("document.querySelector('#send textarea').value = '\\u2063'");
            browser.find("#send textarea").sendKeys(Keys.ENTER);

            await().until(() -> browser.text("#messages li.failed").contains("Not sent"));
            browser.screenshot("chat-failed");
            browser.find("#messages li.failed button:last-of-type").click();
            await().until(() -> browser.findAll("#messages li.failed").isEmpty());
        }
    }

    /** The file that the browser has finished, or nothing. */
    private String exported() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .map(ChatPageTest::read)
                    .orElse("");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A browser that shows the room. */
    private Browser signedIn(int width, ColorScheme scheme) {
        Browser browser = Browser.open(width, 844, scheme);
        browser.visit(gateway.address());
        browser.run(
                "sessionStorage.setItem('heliograph.refresh', arguments[0]); location.hash = arguments[1];"
                        + " location.reload()",
                heliograph.signIn(ada.username()).get("refreshToken").textValue(),
                room.toString());
        await().until(() -> "live".equals(browser.text("#state")));
        await().until(() -> browser.find("#import").isDisplayed());
        return browser;
    }
}
