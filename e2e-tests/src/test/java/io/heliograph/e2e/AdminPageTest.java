package io.heliograph.e2e;

import static io.heliograph.e2e.testsupport.AdminPage.count;
import static io.heliograph.e2e.testsupport.AdminPage.find;
import static io.heliograph.e2e.testsupport.AdminPage.go;
import static io.heliograph.e2e.testsupport.AdminPage.look;
import static io.heliograph.e2e.testsupport.AdminPage.press;
import static io.heliograph.e2e.testsupport.AdminPage.pressInDialog;
import static io.heliograph.e2e.testsupport.AdminPage.submit;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.AdminPage;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Legibility;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.WebhookEndpoint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of administration in a real browser, on a whole Heliograph. */
@ExtendWith(RunningHeliograph.class)
class AdminPageTest {

    private final Heliograph heliograph;
    private Api admin;

    AdminPageTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    static void needsABrowser() {
        Browser.assumeInstalled();
    }

    @BeforeEach
    void signIn() {
        heliograph.awaitReady();
        admin = heliograph.admin();
    }

    @Test
    void shouldChangeTheRolesAndThePasswordOfAnAccount() {
        Person zoe = heliograph.person("zoe");
        try (Browser browser = AdminPage.open(heliograph, "accounts")) {
            find(browser, zoe.username());

            press(browser, zoe.username(), "Roles");
            await().until(() -> browser.text("dialog").contains("Roles of " + zoe.username()));
            browser.click("dialog [value=admin]");
            submit(browser);
            await().until(() -> browser.text("#notice").contains("has the roles"));
            JsonNode roles = admin.get("/api/users/" + zoe.id() + "/roles")
                    .expect(200)
                    .body()
                    .get("roles");
            assertTrue(roles.toString().contains("admin"), roles.toString());

            press(browser, zoe.username(), "Set password");
            browser.press("123");
            submit(browser);
            await().until(() -> browser.text("dialog .error").contains("(invalid_request)"));
            browser.find("dialog [name=newPassword]").sendKeys("a much better password");
            submit(browser);
            await().until(() -> browser.text("#notice").contains("has a new password"));
            heliograph
                    .gateway()
                    .post("/api/auth/login", Map.of("login", zoe.username(), "password", "123a much better password"))
                    .expect(200);
        }
    }

    @Test
    void shouldNameAnOwnerOfAPrivateRoom() {
        Person ada = heliograph.person("ada");
        Person grace = heliograph.person("grace");
        Api gateway = heliograph.gateway();
        String id = gateway.as(ada).room("private", grace).toString();
        try (Browser browser = AdminPage.open(heliograph, "rooms")) {
            await().until(() -> browser.text("#content").contains(id));
            press(browser, id, "Name an owner");
            browser.press("nobody-of-this-name" + Keys.ENTER);
            await().until(() -> browser.text("dialog .error").contains("There is no account"));
            browser.find("dialog [name=account]").clear();
            browser.find("dialog [name=account]").sendKeys(grace.username() + Keys.ENTER);
            await().until(() -> browser.text("#notice").contains("is an owner"));
            look(browser, "admin-rooms");
            assertEquals(List.of(), browser.errors());
        }
        gateway.as(grace).call("DELETE", "/api/rooms/" + id, null).join().expect(204);
    }

    @Test
    void shouldBanAnAccountEndItsSessionsAndShowTheAuditEvents() {
        Person eve = heliograph.person("eve");
        try (Browser browser = AdminPage.open(heliograph, "accounts")) {
            find(browser, eve.username());
            press(browser, eve.username(), "Sessions");
            await().until(() -> browser.text("dialog .record").contains("Last used"));
            browser.screenshot("admin-sessions");
            pressInDialog(browser, "End all sessions");
            submit(browser);
            await().until(() -> browser.text("dialog").contains("is signed in nowhere"));
            browser.press(Keys.ESCAPE);

            press(browser, eve.username(), "Ban");
            await().until(() -> browser.isFocused("dialog [name=reason]"));
            browser.press("spam");
            submit(browser);
            await().until(() -> browser.text("#notice").contains("is banned"));
            assertEquals(403, signIn(eve).status());

            browser.click(By.xpath("//button[.='Banned accounts']"));
            await().until(() -> browser.text("#content").contains("spam"));
            press(browser, eve.username(), "Lift the ban");
            submit(browser);
            await().until(() -> browser.text("#notice").contains("is not banned any more"));
            assertEquals(200, signIn(eve).status());

            go(browser, "audit");
            browser.find("[name=query]").sendKeys(eve.username() + Keys.ENTER);
            await().until(() -> browser.texts(".record").size() >= 3
                    && browser.texts(".record").stream().allMatch(event -> event.contains(eve.username())));
            assertTrue(browser.text("#content").contains("spam"), browser.text("#content"));
            look(browser, "admin-audit");

            go(browser, "accounts");
            find(browser, eve.username());
            press(browser, eve.username(), "Delete");
            submit(browser);
            await().until(() -> browser.text("#notice").contains("is deleted"));
            assertEquals(404, admin.get("/api/users/" + eve.id()).status());
        }
    }

    @Test
    void shouldShowTheSecretOfAServiceAccountOnceAndReplaceIt() {
        String name = "Shop " + UUID.randomUUID().toString().substring(0, 8);
        try (Browser browser = AdminPage.open(heliograph, "service-accounts")) {
            browser.click(By.xpath("//button[.='New service account']"));
            browser.press(name);
            submit(browser);
            await().until(() -> browser.text(".secret").length() > 20);
            String first = browser.text(".secret");
            browser.screenshot("admin-secret");
            pressInDialog(browser, "Done");

            await().until(() -> browser.text("#content").contains(name));
            assertFalse(browser.driver().getPageSource().contains(first));
            assertEquals(1, count(browser, name, "Delete the secret"));

            press(browser, name, "Add a secret");
            submit(browser);
            await().until(() -> browser.text(".secret").length() > 20);
            browser.press(Keys.ESCAPE);
            await().until(() -> count(browser, name, "Delete the secret") == 2);

            press(browser, name, "Delete the secret");
            submit(browser);
            await().until(() -> count(browser, name, "Delete the secret") == 1);

            press(browser, name, "Delete");
            await().until(() -> browser.text("dialog").contains("cannot be undone"));
            browser.press(Keys.ESCAPE);
            assertTrue(browser.text("#content").contains(name));
            press(browser, name, "Delete");
            submit(browser);
            await().until(() -> !browser.text("#content").contains(name));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldTestAndEnableWebhooksAndShowTheirDeliveries() {
        Person bot = heliograph.integrator("bot");
        Api integrator = heliograph.gateway().as(bot);
        try (WebhookEndpoint endpoint = new WebhookEndpoint();
                Browser browser = Browser.open(1280, 900, ColorScheme.LIGHT)) {
            String url = endpoint.url();
            String id = integrator
                    .post("/api/webhooks", Map.of("url", url, "events", List.of("message.created")))
                    .expect(201)
                    .body()
                    .get("id")
                    .textValue();
            AdminPage.open(heliograph, browser, "webhooks", "admin");
            await().until(() -> browser.text("#content").contains(bot.username()));

            press(browser, url, "Test");
            await().until(() -> browser.text("#notice").contains("delivered, status 2"));
            press(browser, url, "Deliveries");
            await().until(() -> browser.text("dialog .record").contains("delivered"));
            browser.screenshot("admin-deliveries");
            browser.press(Keys.ESCAPE);

            press(browser, url, "Disable");
            await().until(() -> browser.text("#notice").contains("is disabled"));
            assertFalse(
                    integrator.get("/api/webhooks/" + id).body().get("enabled").asBoolean());
            press(browser, url, "Enable");
            await().until(() -> browser.text("#notice").contains("goes on"));
            press(browser, url, "Delete");
            submit(browser);
            await().until(() -> !browser.text("#content").contains(url));
            assertEquals(404, integrator.get("/api/webhooks/" + id).status());
        }
    }

    @Test
    void shouldRejectUsersWithoutTheAdminRole() {
        try (Browser browser = Browser.open(390, 844, ColorScheme.DARK)) {
            AdminPage.open(heliograph, browser, "accounts", "ada");

            await().until(() -> browser.text("#sign-in-hint").contains("for administrators"));
            assertEquals("", browser.text("#console"));
            browser.screenshot("admin-sign-in");
            assertEquals(List.of(), Legibility.faults(browser));
        }
    }

    @Test
    void shouldBeAccessibleAndUsableByKeyboardOnEachScreen() {
        UUID room = admin.room("private");
        admin.post("/api/rooms/" + room + "/exports", Map.of()).expect(202);
        admin.post("/api/service-accounts", Map.of("name", "Bridge", "roles", List.of("integrator")))
                .expect(201);
        try (Browser browser = AdminPage.open(heliograph, "accounts")) {
            find(browser, "a");
            look(browser, "admin-accounts");
            go(browser, "jobs");
            await().until(() -> browser.text(".record").contains("export"));
            look(browser, "admin-jobs");
            go(browser, "service-accounts");
            await().until(() -> browser.text("#content").contains("Bridge"));
            look(browser, "admin-service-accounts");
            go(browser, "webhooks");
            await().until(() -> !browser.text("#content .panel").isEmpty());
            look(browser, "admin-webhooks");
            browser.findAll("button, input, a").stream()
                    .filter(WebElement::isDisplayed)
                    .forEach(control -> assertFalse(control.getAccessibleName().isEmpty(), control.getTagName()));
            assertEquals(List.of(), browser.errors());
        }
    }

    private Reply signIn(Person person) {
        return heliograph
                .gateway()
                .post(
                        "/api/auth/login",
                        Map.of("login", person.username(), "password", Heliograph.password(person.username())));
    }
}
