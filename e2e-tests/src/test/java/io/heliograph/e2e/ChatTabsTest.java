package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.ChatPage;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.WindowType;

/**
 * Two tabs of one person near the expiry of their token, with the Web Locks of a real browser. The pages take each token to
 * be good for seconds; the server does not, and ends the session when a refresh token comes once more later than
 * {@code heliograph.sessions.reuse-interval} after its use.
 */
@ExtendWith(RunningHeliograph.class)
class ChatTabsTest {

    private static final int LIFE_SECONDS = 5;

    /** Records used refresh tokens, and any that is used without the lock, and shortens the lifetime of new tokens. */
    private static final String SHORT_LIVES = """
            const real = window.fetch;
            window.fetch = async (input, init) => {
              if (!String(input).endsWith('/api/auth/refresh')) return real(input, init);
              const note = (key, text) => localStorage.setItem(key,
                JSON.stringify([...JSON.parse(localStorage.getItem(key) ?? '[]'), text]));
              const { refreshToken } = JSON.parse(init.body);
              const { held } = await navigator.locks.query();
              if (!held.some(({ name, mode }) => name === 'heliograph:session' && mode === 'exclusive')) {
                note('test:unlocked', refreshToken);
              }
              note('test:spent', refreshToken);
              const response = await real(input, init);
              const answer = await response.json();
              return new Response(JSON.stringify({ ...answer, expiresIn: %d }), response);
            };
            """.formatted(LIFE_SECONDS);

    private final Heliograph heliograph;

    ChatTabsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    static void needsABrowser() {
        Browser.assumeInstalled();
    }

    @Test
    void shouldRenewTheTokenInOneTabAndInTheOtherWhenThatOneCloses() {
        heliograph.awaitReady();
        Person ada = heliograph.person("ada");
        Api gateway = heliograph.gateway().as(ada);
        UUID room = gateway.room("private");
        Browser browser = Browser.open(800, 600, ColorScheme.LIGHT);
        try (ChatPage page = ChatPage.signIn(heliograph, ada, browser)) {
            // Given two tabs with a token that has run out
            browser.run("""
                    const session = JSON.parse(localStorage.getItem("heliograph:session"));
                    localStorage.setItem("heliograph:session", JSON.stringify({ ...session, at: 0, life: 0 }));
                    """);
            reopen(page, browser);
            String first = browser.driver().getWindowHandle();
            browser.driver().switchTo().newWindow(WindowType.TAB);
            reopen(page, browser);
            String second = browser.driver().getWindowHandle();

            // When the token of both runs out, several times
            int before = spent(browser).size();
            await().until(() -> spent(browser).size() >= before + 4);

            // Then one tab at a time renewed it, and both go on
            assertEquals(List.of(), stored(browser, "test:unlocked"));
            for (String tab : List.of(first, second)) {
                browser.driver().switchTo().window(tab);
                page.awaitLive();
                page.show(room);
                page.write("from the tab " + tab);
                page.awaitMessage("from the tab " + tab);
            }

            // When one is closed, then the other renews the token
            browser.driver().switchTo().window(first).close();
            browser.driver().switchTo().window(second);
            int until = spent(browser).size();
            await().until(() -> spent(browser).size() >= until + 2);
            page.awaitLive();
            page.write("alone");
            page.awaitMessage("alone");
            assertEquals(3, gateway.history(room).size());

            // When the user signs out in one tab, then the other is signed out
            browser.driver().switchTo().newWindow(WindowType.TAB);
            reopen(page, browser);
            browser.run("document.getElementById('sign-out').click()");
            await().until(() -> browser.text("#sign-in").contains("You are signed out"));
            browser.driver().switchTo().window(second);
            await().until(() -> browser.text("#sign-in").contains("Sign in"));
        }
    }

    /** With a script that runs before those of the page. */
    private void reopen(ChatPage page, Browser browser) {
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", SHORT_LIVES));
        browser.visit(heliograph.gateway().address());
        page.awaitLive();
    }

    /** Refresh tokens that all tabs have used. A tab repeats one whose response was late, which the server permits. */
    private static Set<String> spent(Browser browser) {
        return Set.copyOf(stored(browser, "test:spent"));
    }

    private static List<String> stored(Browser browser, String key) {
        List<String> items = new ArrayList<>();
        ((List<?>) browser.run("return JSON.parse(localStorage.getItem(arguments[0]) ?? '[]')", key))
                .forEach(item -> items.add((String) item));
        return items;
    }
}
