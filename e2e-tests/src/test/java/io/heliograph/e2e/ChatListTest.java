package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.ChatPage;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** A long room on the chat page, and the keyboard. */
@ExtendWith(RunningHeliograph.class)
@TestInstance(Lifecycle.PER_CLASS)
class ChatListTest {

    private static final int MESSAGES = 5_000;

    /**
     * Scrolls up in steps of 100 pixels and returns by how many further pixels messages moved, the largest first. Waits
     * after each step, so that loaded messages have time to move others.
     */
    private static final String SCROLL = """
            const scroller = document.querySelector(".scroller");
            const view = scroller.getBoundingClientRect();
            const places = () => new Map([...document.querySelectorAll(".feed article")]
              .map((node) => [node.getAttribute("aria-posinset"), node.getBoundingClientRect()])
              .filter(([, { top, bottom }]) => top >= view.top && bottom <= view.bottom)
              .map(([seq, { top }]) => [seq, top]));
            const pause = () => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 30));
            return (async () => {
              const moved = [];
              for (let step = 0; step < 60; step++) {
                const before = places();
                scroller.scrollTop -= 100;
                await pause();
                for (const [seq, top] of places()) {
                  if (before.has(seq)) {
                    moved.push(Math.abs(top - before.get(seq) - 100));
                  }
                }
              }
              return moved.sort((one, other) => other - one).slice(0, 3).filter((pixels) => pixels > 2);
            })();
            """;

    private final Heliograph heliograph;
    private Person ada;
    private ChatPage page;
    private Api gateway;
    private UUID room;

    ChatListTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    void open() {
        Browser.assumeInstalled();
        heliograph.awaitReady();
        ada = heliograph.person("ada");
        gateway = heliograph.gateway().as(ada);
        room = gateway.room("private", heliograph.person("bob"));
        page = ChatPage.open(heliograph, ada, 390, 844, ColorScheme.LIGHT);
        ChatPage.fill(gateway, room, MESSAGES);
        gateway.call("PUT", "/api/rooms/" + room + "/read", Map.of("seq", MESSAGES))
                .join()
                .expect(200);
        page.show(room);
        page.awaitMessage("line 4999 of");
    }

    @AfterAll
    void close() {
        if (page != null) {
            page.close();
        }
    }

    @Test
    void shouldScrollBackWithoutAJumpAndKeepTheDocumentSmall() {
        assertEquals(List.of(), page.browser().run(SCROLL));
        assertTrue((Long) page.browser().run("return document.querySelectorAll('.feed article').length") < 120);

        page.browser().run("document.querySelector('.scroller').scrollTop = 0");
        page.awaitMessage("line 0 of");
        page.browser().click(".jump");
        page.awaitMessage("line 4999 of");
    }

    @Test
    void shouldNotMoveTheMessagesThatTheUserReads() {
        page.browser().run("document.querySelector('.scroller').scrollTop -= 1000");
        await().until(() -> page.browser().text(".jump").contains("Latest"));
        String script = """
                const node = [...document.querySelectorAll(".feed article")].find((each) => each.getBoundingClientRect().top > 150);
                window.read = window.read ?? node;
                getSelection().selectAllChildren(window.read.querySelector(".text"));
                return `${window.read.isConnected} ${Math.round(window.read.getBoundingClientRect().top)} ${getSelection()}`;
                """;
        Object before = page.browser().run(script);

        gateway.send(room, UUID.randomUUID().toString(), "news").expect(201);
        await().until(() -> page.browser().text(".jump").contains("1 new message"));

        assertEquals(before, page.browser().run(script.replace("getSelection().selectAllChildren", "void ")));
        assertNotEquals("", before);
        page.browser().click(".jump");
        page.awaitMessage("news");
    }

    @Test
    void shouldBeUsableByKeyboardAlone() {
        Browser browser = page.browser();
        browser.click(ChatPage.FIELD);
        page.write("by keys");
        page.awaitMessage("by keys");
        await().until(() -> browser.findAll(".pending .message").isEmpty());
        browser.press(Keys.ARROW_UP);
        await().until(() -> page.draft().equals("by keys"));
        browser.press(" alone");
        browser.press(Keys.ENTER);
        page.awaitMessage("by keys alone");

        await().until(() -> page.draft().isEmpty());
        browser.press(Keys.ESCAPE);
        await().until(() -> browser.isFocused("article:last-of-type"));
        browser.press(Keys.ARROW_UP);
        await().until(() -> !browser.isFocused("article:last-of-type") && browser.isFocused("article"));
        browser.press(Keys.END);
        await().until(() -> browser.isFocused("article:last-of-type"));
        browser.press("+");
        await().until(() -> browser.isFocused(".emoji button"));
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ENTER);
        await().until(() -> !browser.findAll("article:last-of-type .reaction").isEmpty());
        browser.press(Keys.DELETE);
        await().until(() -> browser.isFocused(".conversation dialog .danger"));
        browser.press(Keys.ENTER);
        page.awaitMessage("This message was deleted.");

        browser.press(Keys.ESCAPE);
        await().until(() -> browser.isFocused(ChatPage.FIELD));
        browser.press(Keys.CONTROL, "/");
        await().until(() -> browser.text("dialog[open]").contains("Find one of your rooms"));
        browser.press(Keys.ESCAPE);
        browser.press(Keys.CONTROL, "k");
        await().until(() -> browser.isFocused("#find"));
        browser.press(Keys.ARROW_DOWN);
        await().until(() -> browser.isFocused("#rooms a"));
        browser.press(Keys.ENTER);
        await().until(() -> browser.find(ChatPage.FIELD).isDisplayed());
        assertEquals(List.of(), browser.errors());
    }
}
