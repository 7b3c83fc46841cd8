package io.heliograph.e2e.testsupport;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.openqa.selenium.Keys;

/** The chat page in a browser of its own, in which one person is signed in. */
public final class ChatPage implements AutoCloseable {

    public static final String FIELD = ".composer textarea";

    private static final int BATCH = 1_000;

    private static final String MESSAGES = ".feed article";

    private final Browser browser;

    private ChatPage(Browser browser) {
        this.browser = browser;
    }

    /** Signs in without the form, of which there are ten a minute, and waits until the page is live. */
    public static ChatPage open(Heliograph heliograph, Person person, int width, int height, ColorScheme scheme) {
        return signIn(heliograph, person, Browser.open(width, height, scheme));
    }

    /** The same in a browser that is open. */
    public static ChatPage signIn(Heliograph heliograph, Person person, Browser browser) {
        ChatPage page = new ChatPage(browser);
        JsonNode tokens = heliograph.signIn(person.username());
        page.browser.visit(heliograph.gateway().address());
        page.browser.run(
                """
                const [user, username, accessToken, refreshToken] = arguments;
                const session = { user, username, accessToken, refreshToken, at: 0, life: 0 };
                localStorage.setItem("heliograph:session", JSON.stringify(session));
                location.reload();
                """,
                person.id().toString(),
                person.username(),
                tokens.get("accessToken").textValue(),
                tokens.get("refreshToken").textValue());
        page.awaitLive();
        return page;
    }

    public Browser browser() {
        return browser;
    }

    /** Waits until the page is connected and shows its rooms. */
    public void awaitLive() {
        await().ignoreExceptions().until(() -> (Boolean) browser.run("""
                        return document.documentElement.dataset.connection === "live"
                          && !document.getElementById("app").hidden
                          && (document.querySelector(".rooms a") !== null || !document.getElementById("no-rooms").hidden);
                        """));
    }

    /** Waits until the page lists a room, to which the person may have been added just now. */
    public void awaitRoom(UUID room) {
        await().until(() ->
                !browser.findAll("#rooms [data-room='" + room + "']").isEmpty());
    }

    /** Opens a room of the person, by its address as links do. */
    public void show(UUID room) {
        browser.run("location.hash = arguments[0]", room.toString());
        // Until then the field may be that of the room before.
        await().until(() -> !browser.findAll("#rooms [data-room='" + room + "'] [aria-current=page]")
                        .isEmpty()
                && !browser.findAll(FIELD).isEmpty());
    }

    /** Writes a message and sends it. */
    public void write(String text) {
        browser.find(FIELD).sendKeys(text + Keys.ENTER);
    }

    /** Stores messages "line 0 of a story" and so on in an empty room, some of which take several lines. */
    public static void fill(Api gateway, UUID room, int messages) {
        String path = "/api/rooms/" + room + "/messages/batch";
        for (int from = 0; from < messages; from += BATCH) {
            List<Map<String, String>> batch = IntStream.range(from, Math.min(messages, from + BATCH))
                    .mapToObj(line -> Map.of("clientId", "line-" + line, "content", line(line)))
                    .toList();
            Map<String, ?> body = Map.of("messages", batch);
            // A person may send 500 a second.
            await().until(() -> gateway.post(path, body).status() == 201);
        }
    }

    private static String line(int line) {
        return "line " + line + " of a story" + " that goes on for more than one line on a phone".repeat(line % 7 / 3);
    }

    /** What is in the field for messages. */
    public String draft() {
        return (String) browser.run("return document.querySelector(arguments[0])?.value", FIELD);
    }

    /** The messages that are in the document, the oldest first, as they are shown. */
    public List<String> messages() {
        return browser.texts(MESSAGES);
    }

    /** Waits until a message that is shown has this text in it. */
    public void awaitMessage(String text) {
        await().until(() -> messages().stream().anyMatch(message -> message.contains(text)));
    }

    /** Puts the focus on the message with this text, as the keyboard or a tap does. */
    public void focusMessage(String text) {
        awaitMessage(text);
        browser.run(
                "[...document.querySelectorAll(arguments[0])].find((node) => node.innerText.includes(arguments[1])).focus()",
                MESSAGES,
                text);
    }

    /** Presses a button of the message that has the focus. */
    public void act(String action) {
        browser.click("article:focus-within .actions button[aria-label='" + action + "']");
    }

    /** Opens the dialog of the room. */
    public void openDetails() {
        browser.click("#details");
        await().until(() -> browser.find("#room-dialog").isDisplayed());
    }

    /** Closes the dialog on top. */
    public void closeDialog() {
        browser.press(Keys.ESCAPE);
    }

    @Override
    public void close() {
        browser.close();
    }
}
