package io.heliograph.e2e.monitoring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Legibility;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.Stack;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of live operations in a real browser, on a whole Heliograph. */
@ExtendWith(RunningHeliograph.class)
class LivePageTest {

    private static final String REPLICAS = ".replicas tbody tr";

    private final Heliograph heliograph;

    LivePageTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    static void needsABrowser() {
        Browser.assumeInstalled();
    }

    @BeforeEach
    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldShowEveryReplicaReadablyOnEachScreen() {
        try (EverydayLoad load = EverydayLoad.on(heliograph);
                Browser browser = signIn(0)) {
            awaitReplicas(browser);
            await().until(() -> isBusy(browser, "Gateway requests") && isBusy(browser, "Deliveries"));
            await().until(() -> browser.text("#routes").contains("20,000 in 1 s by address"));
            assertFalse(browser.text("body").contains("NaN"));
            assertLegible(browser);
            browser.screenshot("live-desktop");

            browser.show(ColorScheme.DARK);
            assertLegible(browser);
            browser.screenshot("live-dark");

            browser.resize(390, 844);
            assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"));
            assertLegible(browser);
            browser.screenshot("live-phone");
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldBeUsableByKeyboard() {
        try (Browser browser = signIn(0)) {
            awaitReplicas(browser);
            browser.press(Keys.TAB);
            assertTrue(browser.isFocused(".skip"));
            browser.press(Keys.ENTER);
            tabTo(browser, "[name=quantile]");
            browser.press(Keys.ARROW_LEFT);
            await().until(() -> browser.text(".service figcaption").contains("p95"));
            tabTo(browser, "#moment");
            browser.press(Keys.ARROW_LEFT);
            await().until(() -> browser.text("#moment-text").endsWith("ago"));
            tabTo(browser, "#now");
            browser.press(Keys.ENTER);
            await().until(() -> browser.text("#moment-text").equals("now"));
            browser.findAll("button, input, summary").stream()
                    .filter(WebElement::isDisplayed)
                    .forEach(control -> assertNotEquals("", control.getAccessibleName(), control.getTagName()));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldRejectUsersWithoutTheAdminRole() {
        try (Browser browser = signIn(0, "ada")) {
            await().until(() -> browser.text("#sign-in-hint").contains("for administrators"));

            assertEquals("", browser.text("#dashboard"));
        }
    }

    @Test
    void shouldTakeSamplesOnEveryReplicaOnlyWhileAPageIsOpen() {
        try (Browser one = signIn(0)) {
            awaitReplicas(one);
            try (Browser other = signIn(1)) {
                awaitReplicas(other);
            }
            List<Double> before = metric("heliograph_operations_samples_total");
            await().until(() ->
                    all(metric("heliograph_operations_samples_total"), before, (now, then) -> now > then + 5));
            assertEquals("Live", one.text("#state"));
        }
        await().until(() -> metric("heliograph_operations_sampling").stream().allMatch(sampling -> sampling == 0));
    }

    @Test
    void shouldShowThatAReplicaWasKilledAndThatItIsBack() {
        try (Browser browser = signIn(0)) {
            awaitReplicas(browser);
            heliograph.messageProcess(1).kill();

            await().until(() -> browser.text(".replicas .gone").startsWith("gone since"));
            // On a slow machine a sample without the other replicas may take it away again for a moment.
            await().ignoreExceptionsInstanceOf(ElementNotInteractableException.class)
                    .until(() -> showsPendingAlert(browser, "HeliographTargetDown"));
            browser.screenshot("live-alert");

            heliograph.messageProcess(1).start();
            awaitReplicas(browser);
            assertEquals(List.of(), browser.errorsOfPage());
        }
    }

    @Test
    void shouldShowThatItIsDisconnectedAndReconnectByItself() {
        try (Browser browser = signIn(0)) {
            awaitReplicas(browser);
            heliograph.gatewayProcess(0).kill();

            await().until(() -> browser.text("#outage").contains("Disconnected since"));
            browser.screenshot("live-disconnected");

            heliograph.gatewayProcess(0).start();
            await().until(() -> browser.text("#state").equals("Live"));
            awaitReplicas(browser);
            assertEquals("", browser.text("#outage"));
            assertEquals(List.of(), browser.errorsOfPage());
        }
    }

    private static boolean showsPendingAlert(Browser browser, String alert) {
        if (browser.text("#pending-title").contains("pending")
                && browser.text("#pending-alerts").isEmpty()) {
            browser.find("#pending-title").click();
        }
        return browser.text("#pending-alerts").contains(alert);
    }

    /** Of each replica. */
    private List<Double> metric(String series) {
        return heliograph
                .replicas()
                .map(replica -> heliograph.metricsOf(replica).value(series))
                .toList();
    }

    private static boolean all(List<Double> now, List<Double> before, BiPredicate<Double, Double> condition) {
        return IntStream.range(0, now.size())
                .allMatch(replica -> condition.test(now.get(replica), before.get(replica)));
    }

    private static boolean isBusy(Browser browser, String title) {
        return browser.texts("#summary > div").stream()
                .anyMatch(tile -> tile.startsWith(title) && !tile.endsWith("\n0/s"));
    }

    /** What is on the way depends on whether there are alerts. */
    private static void tabTo(Browser browser, String selector) {
        for (int tabs = 0; tabs < 20 && !browser.isFocused(selector); tabs++) {
            browser.press(Keys.TAB);
        }
        assertTrue(browser.isFocused(selector), selector);
    }

    private Browser signIn(int gateway) {
        return signIn(gateway, "admin");
    }

    private Browser signIn(int gateway, String username) {
        Browser browser = Browser.open(1440, 1000, ColorScheme.LIGHT);
        browser.visit(heliograph.gateway(gateway).address().resolve("/live"));
        await().until(() -> browser.text("#sign-in").contains("Sign in"));
        browser.find("[name=login]").sendKeys(username);
        browser.find("[name=password]").sendKeys(Stack.DEMO_PASSWORD + Keys.ENTER);
        return browser;
    }

    /** Waits until each replica of each service is there and answers. */
    private void awaitReplicas(Browser browser) {
        long replicas = heliograph.replicas().count();
        await().until(() -> browser.texts(REPLICAS).stream()
                        .filter(row -> row.contains("answers"))
                        .count()
                == replicas);
    }

    /** As WCAG 2.2 has it: 1.4.3 for texts, 1.4.11 for lines of charts, 2.5.8 for what is pressed. */
    private static void assertLegible(Browser browser) {
        assertEquals(List.of(), Legibility.faults(browser));
    }
}
