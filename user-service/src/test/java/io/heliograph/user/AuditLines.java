package io.heliograph.user;

import io.heliograph.testsupport.LogFile;
import io.restassured.path.json.JsonPath;
import java.util.List;

/** What is written to the audit log from now on. */
public final class AuditLines {

    static final String CATEGORY = "heliograph.audit";

    private final LogFile log = LogFile.of(CATEGORY);

    /** Of the requests that came with this id. */
    public List<JsonPath> of(String requestId) {
        return log.lines().stream()
                .map(JsonPath::from)
                .filter(line -> requestId.equals(line.getString("requestId")))
                .toList();
    }

    /** All of them, as they were written. */
    public String text() {
        return String.join("\n", log.lines());
    }
}
