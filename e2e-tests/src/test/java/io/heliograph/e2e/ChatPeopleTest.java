package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.ChatPage;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** People on the chat page: mentions, names, direct rooms, and what an owner does; the owner's screen is wide, the other's a phone's. */
@ExtendWith(RunningHeliograph.class)
class ChatPeopleTest extends TwoPersonChat {

    private static final String OPTIONS = ".mentions [role=option]";

    ChatPeopleTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldBeAccessibleInAnEmptyRoom() {
        for (ChatPage page : List.of(adas, bobs)) {
            await().until(() -> page.browser().text(".messages .empty").contains("No messages yet"));
            assertAccessible(page.browser());
        }

        adas.write("Is somebody there?");
        bobs.awaitMessage("Is somebody there?");
        assertAccessible(bobs.browser());
    }

    @Test
    void shouldMentionAMemberByKeyboard() {
        bobs.write("Is somebody there?");
        adas.awaitMessage("Is somebody there?");
        Browser browser = adas.browser();
        browser.find(ChatPage.FIELD).sendKeys("Look, @" + bob.username().substring(0, 4));
        await().until(() -> browser.text(OPTIONS).contains("@" + bob.username()));
        assertEquals("true", browser.run("""
                        const option = document.getElementById(document.activeElement.getAttribute('aria-activedescendant'));
                        return option.ariaSelected;
                        """));
        assertAccessible(browser);
        browser.screenshot("chat-mention");

        browser.press(Keys.TAB);
        await().until(() -> adas.draft().equals("Look, @" + bob.username() + " "));
        assertTrue(browser.findAll(OPTIONS).isEmpty());
        adas.write("at the hill.");

        bobs.awaitMessage("mentions you");
        assertEquals("@" + bob.username(), bobs.browser().text(".mentioned .mention"));
        assertEquals(List.of(bob.id().toString()), mentions());
        assertAccessible(bobs.browser());
    }

    @Test
    void shouldMentionATypedUsernameAndShowItInTheListOfRooms() {
        bobs.browser().click("#back");
        adas.browser().find(ChatPage.FIELD).sendKeys("(@" + bob.username());
        await().until(() -> !adas.browser().findAll(OPTIONS).isEmpty());
        adas.browser().press(Keys.ESCAPE);
        assertTrue(adas.browser().findAll(OPTIONS).isEmpty());
        adas.write(".) and ada@" + bob.username() + ", @nobody");

        String badge = "#rooms [data-room='" + room + "'] .badge";
        await().until(() -> bobs.browser().text(badge).startsWith("@ 1"));
        assertEquals(List.of(bob.id().toString()), mentions());
        assertAccessible(bobs.browser());
        bobs.browser().click("#rooms [data-room='" + room + "'] a");
        await().until(() -> bobs.browser().findAll(badge).isEmpty());
    }

    @Test
    void shouldShowNewNamesEverywhere() {
        bobs.write("Before I had another name");
        adas.awaitMessage("Before I had another name");
        String name = "Robert " + UUID.randomUUID().toString().substring(0, 8);

        heliograph
                .gateway()
                .as(bob)
                .call("PATCH", "/api/users/me", Map.of("displayName", name))
                .join()
                .expect(200);

        adas.awaitMessage(name);
        await().until(() -> adas.browser().text("#rooms").contains(name + ": Before"));
        await().until(() -> bobs.browser()
                .run("return document.getElementById('me').textContent")
                .equals(name));
    }

    @Test
    void shouldNameADirectRoomAfterTheUserWhoMadeIt() {
        Person eve = heliograph.person("eve");
        Api eves = heliograph.gateway().as(eve);
        // Each name that the list has shown, however short.
        adas.browser().run("""
                window.names_ = new Set();
                new MutationObserver(() => document.querySelectorAll('.rooms .name').forEach((node) => names_.add(node.textContent)))
                  .observe(document.getElementById('rooms'), { childList: true, subtree: true, characterData: true });
                """);

        JsonNode direct = eves.post("/api/rooms", Map.of("kind", "direct", "members", List.of(ada.id())))
                .expect(201)
                .body();
        UUID id = UUID.fromString(direct.get("id").textValue());
        eves.send(id, "1", "Just between us").expect(201);

        await().until(() ->
                adas.browser().text("#rooms [data-room='" + id + "']").contains("Just between us"));
        assertTrue(adas.browser().text("#rooms [data-room='" + id + "'] .name").startsWith(eve.username()));
        assertEquals(false, adas.browser().run("return names_.has('…')"));
    }

    @Test
    void shouldOfferOwnershipAndLetItBeAccepted() {
        manage(bob);
        press("Make an owner");
        await().until(() -> adas.browser().text(".toasts").contains("is asked to be an owner"));
        adas.closeDialog();

        bobs.browser().run("location.reload()");
        bobs.awaitLive();
        bobs.browser().run("location.hash = ''");
        await().until(() -> bobs.browser().text("#invitations").contains("as owner"));
        bobs.browser().click("#invitations button");
        await().until(() -> {
            JsonNode members =
                    gateway.get("/api/rooms/" + room + "/members").body().get("items");
            return members.findValuesAsText("role").equals(List.of("owner", "owner"));
        });
    }

    @Test
    void shouldRemoveAndBanWithAReasonAndLiftTheBan() {
        manage(bob);
        assertAccessible(adas.browser());
        adas.browser().screenshot("chat-manage");
        adas.browser().find("#member-dialog [name=reason]").sendKeys("spam");
        press("Ban");
        await().until(() -> bobs.browser().text(".toasts").contains("any more"));
        await().until(() -> adas.browser()
                .texts("[aria-label='Banned people'] li")
                .toString()
                .contains("spam"));
        assertAccessible(adas.browser());
        assertEquals(
                403,
                gateway.call("PUT", "/api/rooms/" + room + "/members/" + bob.id(), Map.of())
                        .join()
                        .status());

        adas.browser().click("[aria-label^='Lift the ban']");
        await().until(() ->
                adas.browser().text("[aria-label='Banned people'] + p").contains("Nobody is banned"));
        adas.closeDialog();
        gateway.call("PUT", "/api/rooms/" + room + "/members/" + bob.id(), Map.of())
                .join();
        bobs.awaitRoom(room);
        manage(bob);
        press("Remove");
        await().until(() ->
                bobs.browser().findAll("#rooms [data-room='" + room + "']").isEmpty());
        adas.closeDialog();
    }

    @Test
    void shouldShowWhyAnOwnerDeletedAMessage() {
        bobs.write("Buy my lenses");
        adas.focusMessage("Buy my lenses");
        adas.act("Delete");
        adas.browser().find(".conversation dialog [name=reason]").sendKeys("advertising" + Keys.ENTER);

        bobs.awaitMessage("An owner of the room deleted this message: advertising");
        assertFalse(bobs.messages().toString().contains("lenses"));
    }

    private void manage(Person person) {
        adas.openDetails();
        adas.browser().click("#room-dialog [data-user='" + person.id() + "'] [aria-label^='Manage']");
    }

    private void press(String action) {
        adas.browser().click(By.xpath("//dialog[@id='member-dialog']//button[.='%s']".formatted(action)));
    }

    /** Of the last message of the room. */
    private List<String> mentions() {
        List<JsonNode> history = gateway.history(room);
        List<String> ids = new ArrayList<>();
        history.get(history.size() - 1).path("mentions").forEach(id -> ids.add(id.textValue()));
        return ids;
    }
}
