package io.heliograph.e2e.testsupport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.e2e.testsupport.Browser.ColorScheme;
import io.heliograph.localstack.stack.Stack;
import java.util.List;
import java.util.Locale;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the tests of the page of administration do with a browser. */
public final class AdminPage {

    private AdminPage() {}

    /** Opens a section on a wide screen, and signs in as the administrator. */
    public static Browser open(Heliograph heliograph, String section) {
        Browser browser = Browser.open(1280, 900, ColorScheme.LIGHT);
        open(heliograph, browser, section, "admin");
        return browser;
    }

    public static void open(Heliograph heliograph, Browser browser, String section, String username) {
        browser.visit(heliograph.gateway().address().resolve("/admin#" + section));
        await().until(() -> browser.text("#sign-in").contains("Sign in"));
        browser.find("[name=login]").sendKeys(username);
        browser.find("[name=password]").sendKeys(Stack.DEMO_PASSWORD + Keys.ENTER);
        if (username.equals("admin")) {
            await().until(() -> browser.text("#console").contains("Sign out"));
        }
    }

    /** Looks at the page wide and narrow, light and dark. */
    public static void look(Browser browser, String name) {
        for (ColorScheme scheme : ColorScheme.values()) {
            browser.show(scheme);
            for (int width : new int[] {1280, 390}) {
                browser.resize(width, 844);
                assertEquals(List.of(), Legibility.faults(browser));
                assertEquals(List.of(), Accessibility.violations(browser));
                assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"), name);
                browser.screenshot(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
            }
        }
        browser.resize(1280, 900);
    }

    /** Goes to a section by keyboard. */
    public static void go(Browser browser, String section) {
        WebElement link = browser.find("#sections [href='#" + section + "']");
        browser.run("arguments[0].focus()", link);
        browser.press(Keys.ENTER);
        await().until(() -> !browser.findAll("#sections [aria-current][href='#" + section + "']")
                .isEmpty());
    }

    /** Searches accounts. */
    public static void find(Browser browser, String name) {
        browser.find("[name=query]").sendKeys(name + Keys.ENTER);
        await().until(() -> browser.text("#content .records").contains(name));
    }

    /** Presses a button of the record with this text. */
    public static void press(Browser browser, String record, String action) {
        await().until(() -> browser.findAll("dialog").isEmpty());
        buttons(browser, record, action).get(0).click();
    }

    /** Presses a button of the dialog. */
    public static void pressInDialog(Browser browser, String action) {
        browser.click(By.xpath("//dialog//button[.='%s']".formatted(action)));
    }

    /** How many buttons of this name the record with this text has. */
    public static int count(Browser browser, String record, String action) {
        return buttons(browser, record, action).size();
    }

    private static List<WebElement> buttons(Browser browser, String record, String action) {
        return browser.driver()
                .findElements(By.xpath("//li[contains(@class, 'record')][contains(., '%s')]//button[.='%s']"
                        .formatted(record, action)));
    }

    /** Does what the dialog asks for. */
    public static void submit(Browser browser) {
        browser.click("dialog button[type=submit]");
    }
}
