package io.heliograph.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;
import java.util.List;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.AsyncHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

class VerbatimLogFormatTest {

    private static final Logger LOG = Logger.getLogger("heliograph.audit");

    @Test
    void shouldNotChangeALineOfAJsonLog() {
        ConsoleHandler console = new ConsoleHandler(new JsonFormatter());
        AsyncHandler handler = new AsyncHandler();
        handler.addHandler(console);
        LOG.addHandler(handler);
        try {
            new VerbatimLogFormat(Optional.of(List.of("heliograph.audit"))).apply(new StartupEvent());

            Formatter formatter = console.getFormatter();
            ExtLogRecord line = new ExtLogRecord(Level.INFO, "{\"a\":\"%\"}", VerbatimLogFormatTest.class.getName());
            assertEquals("{\"a\":\"%\"}" + System.lineSeparator(), formatter.format(line));
        } finally {
            LOG.removeHandler(handler);
            handler.close();
        }
    }
}
