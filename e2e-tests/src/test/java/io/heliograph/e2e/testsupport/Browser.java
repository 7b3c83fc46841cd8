package io.heliograph.e2e.testsupport;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium with one tab and a profile of its own. Browser and driver are those of the machine: nothing is
 * downloaded. Screenshots are kept in {@code target/screenshots}. Not thread-safe.
 */
public final class Browser implements AutoCloseable {

    /** The value of {@code prefers-color-scheme}. */
    public enum ColorScheme {
        LIGHT,
        DARK
    }

    /** It warns that it has no classes for the DevTools protocol of this version, of which only plain commands are sent. */
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        DEVTOOLS.setLevel(Level.SEVERE);
    }

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Of a command of the driver, on a machine that is busy with other tests. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** The names of the same browser on Debian, Ubuntu and elsewhere. */
    private static final Optional<Path> CHROMIUM =
            installed("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final Optional<Path> DRIVER = installed("chromedriver");

    private final ChromeDriver driver;
    private final List<String> errors = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is no Chromium or no driver, and writes so to the log of the build. */
    public static void assumeInstalled() {
        boolean installed = CHROMIUM.isPresent() && DRIVER.isPresent();
        if (!installed) {
            System.err.println("WARNING: chromium or chromedriver is not on the PATH: the pages are NOT tested in a"
                    + " browser (Debian: apt-get install chromium chromium-driver)");
        }
        Assumptions.assumeTrue(installed, "chromium or chromedriver is not on the PATH");
    }

    /**
     * Starts one.
     *
     * @param width of the page in CSS pixels
     * @param height of the page in CSS pixels
     */
    public static Browser open(int width, int height, ColorScheme scheme) {
        return open(width, height, scheme, options());
    }

    /** Such a browser that records what it does in {@link #trace()}. */
    public static Browser openTraced(int width, int height, ColorScheme scheme, String categories) {
        ChromeOptions options = options();
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        logging.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        options.setExperimentalOption(
                "perfLoggingPrefs", Map.of("enableNetwork", false, "enablePage", false, "traceCategories", categories));
        return open(width, height, scheme, options);
    }

    private static Browser open(int width, int height, ColorScheme scheme, ChromeOptions options) {
        assumeInstalled();
        ChromeDriver driver = new ChromeDriver(service(), options);
        driver.manage().timeouts().pageLoadTimeout(TIMEOUT).scriptTimeout(TIMEOUT);
        Browser browser = new Browser(driver);
        browser.resize(width, height);
        browser.show(scheme);
        return browser;
    }

    /** Through the page and not the window, which cannot be as narrow as a phone. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void show(ColorScheme scheme) {
        String value = scheme.name().toLowerCase(Locale.ROOT);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", value))));
    }

    /** For what has no method here. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Runs a script in the page; numbers come back as {@code Long} or {@code Double}. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Returns once the page and its scripts are loaded. */
    public void visit(URI address) {
        driver.get(address.toString());
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Clicks the element once it is there and not covered by another one, as it may be while the page changes. */
    public void click(String selector) {
        click(By.cssSelector(selector));
    }

    /** The same, of an element that has no selector, such as a button with this text. */
    public void click(By locator) {
        await().ignoreExceptionsMatching(e -> e instanceof NoSuchElementException
                        || e instanceof StaleElementReferenceException
                        || e instanceof ElementNotInteractableException)
                .until(() -> {
                    driver.findElement(locator).click();
                    return true;
                });
    }

    /** Whether a key that is pressed now goes to such an element. */
    public boolean isFocused(String selector) {
        return (Boolean) run("return document.activeElement.matches(arguments[0])", selector);
    }

    public void press(CharSequence keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses a key while another is held. */
    public void press(Keys held, CharSequence key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
    }

    public List<WebElement> findAll(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text of an element as it is shown; empty if it is hidden or not there. */
    public String text(String selector) {
        // In one step of the page, which may replace the element between two commands.
        return (String) run("""
                const node = document.querySelector(arguments[0]);
                return node?.checkVisibility() ? node.innerText : '';
                """, selector);
    }

    /** The texts of all elements as they are shown. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String selector) {
        return (List<String>)
                run("return [...document.querySelectorAll(arguments[0])].map(node => node.innerText)", selector);
    }

    /**
     * What the browser has reported as an error since the start: of scripts, of the content security policy, and of
     * requests that failed.
     */
    public List<String> errors() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .forEach(entry -> errors.add(entry.getMessage()));
        return List.copyOf(errors);
    }

    /** What happened since it was asked last: the messages of the DevTools protocol as JSON, one each. */
    public List<String> trace() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Those that no loss of the network explains. */
    public List<String> errorsOfPage() {
        return errors().stream()
                .filter(error -> !error.contains("net::ERR_") && !error.contains("WebSocket connection to"))
                .toList();
    }

    /** Writes what the window shows to {@code target/screenshots/<name>.png}. */
    public Path screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            return Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    /** Named, so that Selenium does not look for another one to download. */
    private static ChromeDriverService service() {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
    }

    private static ChromeOptions options() {
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.orElseThrow().toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        options.addArguments(
                "--headless=new",
                // Containers rarely have what the sandbox needs, and as root it does not start. It shows only our
                // pages.
                "--no-sandbox",
                // Their /dev/shm is often too small.
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-extensions",
                "--disable-background-networking",
                "--no-first-run");
        return options;
    }

    private static Optional<Path> installed(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
