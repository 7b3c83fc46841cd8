package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of the gateway in a real browser. */
@ExtendWith(RunningHeliograph.class)
class PagesTest {

    private final Heliograph heliograph;

    PagesTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    static void needsABrowser() {
        Browser.assumeInstalled();
    }

    @Test
    void shouldShowTheChatPageOnADarkPhoneWithoutAnError() {
        heliograph.awaitReady();
        try (Browser browser = Browser.open(390, 844, ColorScheme.DARK)) {
            browser.visit(heliograph.gateway().address());

            await().untilAsserted(() -> assertTrue(browser.text("main").contains("Sign in")));
            browser.screenshot("chat-sign-in");
            assertEquals(390L, browser.run("return innerWidth"));
            assertEquals(true, browser.run("return matchMedia('(prefers-color-scheme: dark)').matches"));
            assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"));
            assertEquals(List.of(), browser.errors());
        }
    }

    /** Without this, no test would see that a page breaks its policy. */
    @Test
    void shouldReportViolationsOfTheContentSecurityPolicy() {
        heliograph.awaitReady();
        try (Browser browser = Browser.open(390, 844, ColorScheme.LIGHT)) {
            browser.visit(heliograph.gateway().address());

            browser.run("document.body.setAttribute('style', 'color: red')");

            assertTrue(browser.errors().toString().contains("Content Security Policy"));
        }
    }
}
