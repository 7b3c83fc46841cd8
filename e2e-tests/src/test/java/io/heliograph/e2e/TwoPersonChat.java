package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.e2e.testsupport.Accessibility;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Browser;
import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.e2e.testsupport.ChatPage;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Legibility;
import io.heliograph.e2e.testsupport.Person;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Two people in two windows of the chat page, which all tests of a class share: one on a wide screen in light colours, one
 * on a phone in dark ones. Each test has a room of their own.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TwoPersonChat {

    protected final Heliograph heliograph;
    protected Person ada;
    protected Person bob;
    protected ChatPage adas;
    protected ChatPage bobs;
    protected Api gateway;
    protected UUID room;

    protected TwoPersonChat(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    void open() {
        Browser.assumeInstalled();
        heliograph.awaitReady();
        ada = heliograph.person("ada");
        bob = heliograph.person("bob");
        gateway = heliograph.gateway().as(ada);
        adas = ChatPage.open(heliograph, ada, 1280, 800, ColorScheme.LIGHT);
        bobs = ChatPage.open(heliograph, bob, 390, 844, ColorScheme.DARK);
    }

    @AfterAll
    void close() {
        Stream.of(adas, bobs).filter(page -> page != null).forEach(ChatPage::close);
    }

    @BeforeEach
    void meet() {
        List.of(adas, bobs).forEach(page -> page.browser()
                .run("document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close())"));
        room = gateway.room("private", bob);
        adas.awaitRoom(room);
        bobs.awaitRoom(room);
        adas.show(room);
        bobs.show(room);
    }

    protected static void assertAccessible(Browser browser) {
        assertEquals(List.of(), Accessibility.violations(browser));
        assertEquals(List.of(), Legibility.faults(browser));
    }
}
