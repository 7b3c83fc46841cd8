package io.heliograph.e2e;

import static io.heliograph.e2e.testsupport.AdminPage.go;
import static io.heliograph.e2e.testsupport.AdminPage.look;
import static io.heliograph.e2e.testsupport.AdminPage.press;
import static io.heliograph.e2e.testsupport.AdminPage.pressInDialog;
import static io.heliograph.e2e.testsupport.AdminPage.submit;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.AdminPage;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Rooms on the page of administration: their repair, members, retention and audit events. */
@ExtendWith(RunningHeliograph.class)
@TestInstance(Lifecycle.PER_CLASS)
class AdminRoomsTest {

    private final Heliograph heliograph;
    private Browser browser;
    private Person ada;
    private Person grace;
    private Api adas;
    private UUID room;

    AdminRoomsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    void open() {
        Browser.assumeInstalled();
        heliograph.awaitReady();
        ada = heliograph.person("ada");
        grace = heliograph.person("grace");
        adas = heliograph.gateway().as(ada);
        browser = AdminPage.open(heliograph, "rooms");
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void find() {
        room = adas.room("private", grace);
        browser.visit(heliograph.gateway().address().resolve("/admin#rooms"));
        await().until(() -> !browser.findAll("#content [name=query]").isEmpty());
        browser.find("#content [name=query]").sendKeys(room.toString() + Keys.ENTER);
        await().until(() ->
                browser.texts(".record").size() == 1 && browser.text(".record").contains(room.toString()));
    }

    @Test
    void shouldRenameARoomAndDeleteItWithAReason() {
        press(browser, room.toString(), "Change");
        browser.find("dialog [name=name]").clear();
        browser.find("dialog [name=name]").sendKeys("The west tower");
        browser.find("dialog [name=topic]").sendKeys("Lenses");
        submit(browser);
        await().until(() -> browser.text(".record").contains("The west tower"));
        JsonNode changed = adas.get("/api/rooms/" + room).expect(200).body();
        assertEquals("The west tower", changed.get("name").textValue());
        assertEquals("Lenses", changed.get("topic").textValue());

        press(browser, room.toString(), "Delete");
        browser.find("dialog [name=reason]").sendKeys("nobody is here");
        submit(browser);
        await().until(() -> browser.text("#notice").contains("is deleted"));
        assertEquals(404, adas.get("/api/rooms/" + room).status());

        go(browser, "audit");
        choose("Rooms");
        await().until(() -> browser.text("#content").contains("nobody is here"));
        assertTrue(browser.text("#content .record").contains("room deletion"), browser.text("#content .record"));
        look(browser, "admin-audit-rooms");
    }

    @Test
    void shouldGiveARoleRemoveAMemberWithAReasonAndShowBothInTheLogOfTheRoom() {
        press(browser, room.toString(), "Members");
        inDialog(grace, "Make an owner");
        await().until(() -> browser.text("#notice").contains("is an owner"));
        await().until(() -> browser.texts("dialog .record").stream()
                .anyMatch(member -> member.contains(grace.username()) && member.contains("Make a member")));

        inDialog(ada, "Make a member");
        await().until(() -> browser.text("#notice").contains("is a plain member"));
        inDialog(grace, "Make a member");
        await().until(() -> browser.text("#notice").contains("last_owner"));

        inDialog(ada, "Remove");
        await().until(() -> browser.findAll("dialog").size() == 2);
        browser.find("dialog [name=reason]").sendKeys("left the company");
        submit(browser);
        await().until(() -> browser.texts("dialog .record").size() == 1);
        assertEquals(404, adas.get("/api/rooms/" + room).status());
        pressInDialog(browser, "Close");

        press(browser, room.toString(), "Audit log");
        await().until(() -> browser.text("dialog").contains("left the company"));
        assertTrue(browser.text("dialog").contains("member role"), browser.text("dialog"));
        look(browser, "admin-room-log");
        browser.press(Keys.ESCAPE);
    }

    @Test
    void shouldShowAndChangeTheRetentionOfARoom() {
        press(browser, room.toString(), "Retention");
        await().until(() -> browser.text("dialog").contains("The installation keeps messages for ever"));
        browser.find("dialog [name=days]").sendKeys("30");
        browser.screenshot("admin-retention");
        submit(browser);
        await().until(() -> browser.text("#notice").contains("keeps messages for 30 days"));
        assertEquals(30, retention().get("days").intValue());

        press(browser, room.toString(), "Retention");
        await().until(() -> browser.findAll("dialog [name=days]").size() == 1);
        assertEquals("30", browser.find("dialog [name=days]").getDomProperty("value"));
        browser.find("dialog [name=days]").clear();
        submit(browser);
        await().until(() -> browser.text("#notice").contains("as the installation"));
        assertTrue(retention().get("days").isNull());
    }

    @Test
    void shouldBanFromARoomAndLiftTheBan() {
        press(browser, room.toString(), "Bans");
        await().until(() -> browser.text("dialog").contains("Nobody is banned"));
        pressInDialog(browser, "Ban a user");
        await().until(() -> browser.findAll("dialog").size() == 2);
        browser.find("dialog [name=account]").sendKeys(grace.username());
        browser.find("dialog [name=reason]").sendKeys("spam");
        submit(browser);
        await().until(() -> browser.text("dialog .record").contains("spam"));
        assertEquals(
                404, heliograph.gateway().as(grace).get("/api/rooms/" + room).status());

        inDialog(grace, "Lift the ban");
        submit(browser);
        await().until(() -> browser.text("dialog").contains("Nobody is banned"));
        browser.press(Keys.ESCAPE);
    }

    private JsonNode retention() {
        return adas.get("/api/rooms/" + room + "/retention").expect(200).body();
    }

    private void choose(String log) {
        browser.click(By.xpath("//select[@name='log']/option[.='%s']".formatted(log)));
    }

    private void inDialog(Person person, String action) {
        browser.click(By.xpath("//dialog//li[contains(., '%s')]//button[.='%s']".formatted(person.username(), action)));
    }
}
