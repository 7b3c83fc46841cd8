package io.heliograph.user;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is written to the audit log from now on. */
public final class AuditLines extends Handler {

    private static final Logger LOG = Logger.getLogger("heliograph.audit");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Listens until it is closed. */
    public AuditLines() {
        LOG.addHandler(this);
    }

    /** Of the requests that came with this id. */
    public List<JsonPath> of(String requestId) {
        return lines.stream()
                .map(JsonPath::from)
                .filter(line -> requestId.equals(line.getString("requestId")))
                .toList();
    }

    /** All of them, as they were written. */
    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
    }
}
