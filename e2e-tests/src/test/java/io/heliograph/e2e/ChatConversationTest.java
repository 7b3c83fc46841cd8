package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.ChatPage;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people in two windows of the chat page: one on a wide screen in light colours, one on a phone in dark ones. */
@ExtendWith(RunningHeliograph.class)
class ChatConversationTest extends TwoPersonChat {

    ChatConversationTest(Heliograph heliograph) {
        super(heliograph);
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldShowTypingAndMessagesOfTheOtherUser() {
        adas.write("The light is on, see https://example.invalid/tower.");
        bobs.awaitMessage("The light is on");
        bobs.browser().find(ChatPage.FIELD).sendKeys("a");
        await().until(() -> adas.browser().text(".typing").contains("is typing"));
        bobs.write("nswered");
        adas.awaitMessage("answered");
        await().until(() -> adas.browser()
                .run("return document.querySelector('[aria-live=polite].visually-hidden').textContent")
                .toString()
                .contains("answered"));

        bobs.focusMessage("The light is on");
        bobs.act("React");
        bobs.browser().click(".emoji button");
        await().until(() -> adas.browser().texts(".reaction").toString().contains("1"));
        adas.browser().click(".reaction");
        await().until(() -> bobs.browser().texts(".reaction").toString().contains("2"));

        bobs.focusMessage("The light is on");
        bobs.act("Reply");
        bobs.write("I see it too.");
        adas.awaitMessage("I see it too.");
        assertTrue(adas.browser().text(".quote").contains("The light is on"));

        adas.focusMessage("The light is on");
        adas.act("Edit");
        adas.write(" Really.");
        bobs.awaitMessage("Really.");
        bobs.awaitMessage("edited");
        bobs.browser().screenshot("chat-phone");
        adas.browser().screenshot("chat-desktop");

        adas.focusMessage("answered");
        adas.act("Delete");
        adas.browser().click(".conversation dialog .danger");
        bobs.awaitMessage("An owner of the room deleted this message.");
        assertFalse(bobs.messages().toString().contains("answered"));
        assertNoErrors();
    }

    @Test
    void shouldShowUnreadMessagesAndWhereTheyBegin() {
        adas.write("read");
        bobs.awaitMessage("read");
        await().until(() -> bobs.browser().findAll(badge()).isEmpty());
        bobs.browser().click("#back");
        for (int i = 0; i < 60; i++) {
            gateway.send(room, "unread-" + i, "unread " + i).expect(201);
        }
        await().until(() -> bobs.browser().text(badge()).startsWith("60"));
        assertTrue(bobs.browser().text("#rooms [data-room='" + room + "']").contains("unread 59"));
        bobs.browser().screenshot("chat-rooms-phone");

        bobs.browser().click("#rooms [data-room='" + room + "'] a");
        bobs.awaitMessage("unread 0");
        assertTrue(bobs.messages().stream().anyMatch(text -> text.contains("New") && text.contains("unread 0")));
        await().until(() -> bobs.browser().text(".jump").contains("new messages"));
        bobs.browser().screenshot("chat-unread");
        bobs.browser().click(".jump");
        bobs.awaitMessage("unread 59");
        await().until(() -> bobs.browser().findAll(badge()).isEmpty());
        assertNoErrors();
    }

    @Test
    void shouldMarkMessagesAsUnread() {
        for (String text : List.of("one", "two", "three")) {
            adas.write(text);
            bobs.awaitMessage(text);
        }
        await().until(() -> bobs.browser().findAll(badge()).isEmpty());
        bobs.focusMessage("two");
        bobs.act("Mark as unread from here");
        await().until(() -> bobs.messages().toString().contains("New"));
        bobs.browser().click("#back");
        await().until(() -> bobs.browser().text(badge()).startsWith("2"));
        assertNoErrors();
    }

    @Test
    void shouldSendADirectMessage() {
        bobs.openDetails();
        await().until(() ->
                !bobs.browser().findAll("#room-dialog [aria-label^='Message ']").isEmpty());
        bobs.browser().click("#room-dialog [aria-label^='Message ']");
        await().until(() -> bobs.browser().text("#room-name").equals(ada.username()));
        bobs.write("Just between us");

        await().until(() -> adas.browser().text("#rooms").contains("Just between us"));
        assertTrue(adas.browser().text("#rooms").contains(bob.username()));
        assertNoErrors();
    }

    @Test
    void shouldLoseNothingWhileTheMessageServiceIsKilled() {
        adas.write("before");
        bobs.awaitMessage("before");

        heliograph.messageProcess(0).kill();
        heliograph.messageProcess(1).kill();
        await().until(() -> adas.browser().text(".banner").contains("is kept and sent later"));
        adas.write("meanwhile from Ada");
        bobs.write("meanwhile from Bob");
        await().until(() -> adas.browser().texts(".pending .message").toString().contains("meanwhile from Ada"));
        adas.browser().screenshot("chat-offline");
        heliograph.messageProcess(0).start();
        heliograph.messageProcess(1).start();

        for (ChatPage page : List.of(adas, bobs)) {
            page.awaitMessage("meanwhile from Ada");
            page.awaitMessage("meanwhile from Bob");
            await().until(() -> page.browser().findAll(".pending .message").isEmpty());
            await().until(() -> page.browser().text(".banner").isEmpty());
        }
        assertEquals(3, gateway.history(room).size());
        assertNoErrors();
    }

    @Test
    void shouldShowAUserThatTheyWereRemovedAndAdded() {
        gateway.call("DELETE", "/api/rooms/" + room + "/members/" + bob.id(), null)
                .join();

        await().until(() -> bobs.browser().text(".toasts").contains("any more"));
        assertFalse(bobs.browser().run("return location.hash").toString().contains(room.toString()));
        assertTrue(bobs.browser().findAll("#rooms [data-room='" + room + "']").isEmpty());

        gateway.call("PUT", "/api/rooms/" + room + "/members/" + bob.id(), Map.of())
                .join();
        bobs.awaitRoom(room);
        await().until(() -> bobs.browser().text(".toasts").contains("now"));
    }

    @Test
    void shouldFindAMessageAndJumpToIt() {
        ChatPage.fill(gateway, room, 400);
        adas.browser().click("#search");
        adas.browser().find("dialog[open] input[name=q]").sendKeys("\"line 17 of\"");
        await().until(() -> !adas.browser().findAll("dialog[open] .result").isEmpty());
        adas.browser().screenshot("chat-search");
        adas.browser().click("dialog[open] .result");

        adas.awaitMessage("line 17 of");
        await().until(() -> adas.browser().isFocused("article[aria-posinset='18']"));
        adas.browser().click(".jump");
        adas.awaitMessage("line 399 of");
        assertNoErrors();
    }

    @Test
    void shouldBeAccessible() {
        adas.write("Legible?");
        bobs.awaitMessage("Legible?");
        for (ChatPage page : List.of(adas, bobs)) {
            assertAccessible(page.browser());
            for (String opener : List.of("#details", "#search")) {
                page.browser().click(opener);
                await().until(() -> !page.browser().findAll("dialog[open]").isEmpty());
                assertAccessible(page.browser());
                page.closeDialog();
            }
        }
        bobs.browser().click("#back");
        for (String opener : List.of("#new-room", "#directory")) {
            bobs.browser().click(opener);
            await().until(() -> !bobs.browser().findAll("dialog[open]").isEmpty());
            assertAccessible(bobs.browser());
            bobs.closeDialog();
        }
        assertAccessible(bobs.browser());
        assertEquals(390L, bobs.browser().run("return document.documentElement.scrollWidth"));
        assertNoErrors();
    }

    /** Errors of scripts and of the policy; failed requests are part of these tests. */
    /** The unread count of the room of this test; other rooms may have unread messages too. */
    private String badge() {
        return "#rooms [data-room='" + room + "'] .badge";
    }

    private void assertNoErrors() {
        for (ChatPage page : List.of(adas, bobs)) {
            assertEquals(
                    List.of(),
                    page.browser().errors().stream()
                            .filter(error -> error.contains("Uncaught") || error.contains("Security Policy"))
                            .toList());
        }
    }
}
