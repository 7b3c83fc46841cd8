package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.ChatPage;
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

    /** The dialog of an import or export. */
    private static final String JOB = "dialog.job[open]";

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
    void shouldImportFilesAndShowTheResultOfEach() throws IOException {
        Path good = Files.writeString(folder.resolve("good.txt"), "first\nsecond\n");
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"content\": \"third\"}\nno json\n");
        try (ChatPage page = open(390, ColorScheme.DARK)) {
            Browser browser = page.browser();
            page.openDetails();
            browser.click("#import");
            browser.find(JOB + " input[name=file]").sendKeys(good + "\n" + bad);
            assertFalse(browser.find(JOB + " input[name=channel]").isDisplayed());
            browser.screenshot("chat-import");
            browser.click(JOB + " button[type=submit]");

            await().until(() -> browser.text(JOB + " .report").contains("bad.jsonl"));
            String report = browser.text(JOB + " .report");
            assertTrue(report.contains("2 messages imported"), report);
            assertTrue(report.contains("1 message imported, 1 skipped"), report);
            assertTrue(report.contains("line 2"), report);
            assertEquals("The import is done.", browser.text(JOB + " .status"));
            browser.screenshot("chat-import-report");
            assertEquals(390L, browser.run("return document.documentElement.scrollWidth"));

            page.closeDialog();
            await().until(() -> browser.findAll(JOB).isEmpty());
            assertEquals("import", browser.run("return document.activeElement.id"));
            page.closeDialog();
            page.awaitMessage("third");
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldListTheChannelsOfAnArchive() throws IOException {
        Path archive = folder.resolve("slack.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String channel : List.of("general", "random")) {
                zip.putNextEntry(new ZipEntry(channel + "/2020-01-01.json"));
                zip.write("[]".getBytes(StandardCharsets.UTF_8));
            }
        }
        try (ChatPage page = open(1200, ColorScheme.LIGHT)) {
            Browser browser = page.browser();
            page.openDetails();
            browser.click("#import");
            browser.find(JOB + " input[name=file]").sendKeys(archive.toString());
            assertTrue(browser.find(JOB + " input[name=channel]").isDisplayed());
            browser.click(JOB + " button[type=submit]");

            await().until(() -> browser.text(JOB + " .report").contains("general, random"));
        }
    }

    @Test
    void shouldExportTheRoomAsAFile() throws IOException {
        gateway.send(room, "1", "to be exported").expect(201);
        try (ChatPage page = open(390, ColorScheme.LIGHT)) {
            Browser browser = page.browser();
            browser.driver()
                    .executeCdpCommand(
                            "Browser.setDownloadBehavior",
                            Map.of("behavior", "allow", "downloadPath", folder.toString()));
            page.openDetails();
            browser.click("#export");
            browser.click(JOB + " form button[type=submit]");

            await().until(() -> browser.text(JOB + " .report").contains("Download"));
            browser.screenshot("chat-export");
            browser.click(JOB + " .report button");

            await().until(() -> exported().contains("to be exported"));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldFetchAPreviewOnceWhenItBecomesVisible() {
        String url = "http://127.0.0.1:" + site.getAddress().getPort() + "/page";
        gateway.send(room, "1", "See " + url + ", it is good").expect(201);
        for (int i = 2; i < 40; i++) {
            gateway.send(room, Integer.toString(i), "a line\n".repeat(3)).expect(201);
        }
        gateway.call("PUT", "/api/rooms/" + room + "/read", Map.of("seq", 39))
                .join()
                .expect(200);
        try (ChatPage page = open(390, ColorScheme.DARK)) {
            Browser browser = page.browser();
            page.awaitMessage("a line");
            assertEquals(0, fetches.get());

            browser.run("document.querySelector('.scroller').scrollTop = 0");

            await().until(() -> browser.text(".preview").contains("A page"));
            String card = browser.text(".preview");
            assertTrue(card.contains("What it says"), card);
            assertTrue(card.contains("127.0.0.1"), card);
            assertEquals(url, browser.find(".preview").getAttribute("href"));
            browser.screenshot("chat-preview");

            gateway.send(room, "again", "Also " + url).expect(201);
            browser.click(".jump");
            await().until(() ->
                    browser.text(".feed article:last-child .preview").contains("A page"));
            assertEquals(1, fetches.get());
            // The image is of another site, and is not fetched.
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldKeepDraftsAndUnsentMessages() {
        try (ChatPage page = open(390, ColorScheme.LIGHT)) {
            Browser browser = page.browser();
            browser.find(ChatPage.FIELD).sendKeys("not to be lost");
            browser.run("location.reload()");
            page.awaitLive();
            await().until(() -> "not to be lost".equals(page.draft()));

            heliograph.postgres().stop();
            try {
                page.browser().find(ChatPage.FIELD).sendKeys(Keys.ENTER);
                await().until(() ->
                        browser.texts(".pending .waiting").toString().contains("not to be lost"));
                browser.screenshot("chat-waiting");
            } finally {
                heliograph.postgres().start();
            }
            heliograph.awaitReady();

            page.awaitMessage("not to be lost");
            await().until(() -> browser.findAll(".pending .message").isEmpty());
            assertEquals(1, gateway.history(room).size());
            assertEquals("", page.draft());
        }
    }

    @Test
    void shouldShowWhyAMessageWasRejectedAndKeepIt() {
        try (ChatPage page = open(390, ColorScheme.DARK)) {
            Browser browser = page.browser();
            // Visible to the page only.
            browser.run("document.querySelector(arguments[0]).value = '\\u2063'", ChatPage.FIELD);
            browser.find(ChatPage.FIELD).sendKeys(Keys.ENTER);

            await().until(() -> browser.text(".pending .failed").contains("Not sent"));
            browser.screenshot("chat-failed");
            browser.click(".pending .failed button:last-of-type");
            await().until(() -> browser.findAll(".pending .failed").isEmpty());
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

    /** A page that shows the room. */
    private ChatPage open(int width, ColorScheme scheme) {
        ChatPage page = ChatPage.open(heliograph, ada, width, 844, scheme);
        page.show(room);
        return page;
    }
}
