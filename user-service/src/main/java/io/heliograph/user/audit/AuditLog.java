package io.heliograph.user.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.heliograph.rest.request.RequestIdFilter;
import io.heliograph.user.request.ClientAddress;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes one line of JSON for each event, in the logging category {@code heliograph.audit}, and counts it. A line names
 * users and sessions by their ids only: the text that was entered as a login may be a password.
 */
@Singleton
public class AuditLog {

    private static final Logger LOG = Logger.getLogger("heliograph.audit");

    /** Everything but plain ASCII is escaped, so that nothing in a line can end it. */
    private final JsonFactory format =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final MeterRegistry registry;

    AuditLog(MeterRegistry registry) {
        this.registry = registry;
    }

    public void record(AuditEvent event) {
        registry.counter("heliograph.audit.events", "event", event.kind().label(), "outcome", event.outcome())
                .increment();
        LOG.info(line(event));
    }

    private String line(AuditEvent event) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = format.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", Instant.now().toString());
            json.writeStringField("event", event.kind().label());
            json.writeStringField("outcome", event.outcome());
            write(json, "user", event.user());
            write(json, "session", event.session());
            write(json, "by", event.by());
            if (event.roles() != null) {
                json.writeFieldName("roles");
                json.writeArray(
                        event.roles().toArray(String[]::new), 0, event.roles().size());
            }
            write(json, "reason", event.reason());
            write(json, "until", event.until() == null ? null : event.until().toString());
            write(json, "address", ClientAddress.current());
            write(json, "requestId", RequestIdFilter.current());
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("text refuses to be written", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, UUID value) throws IOException {
        write(json, name, value == null ? null : value.toString());
    }

    private static void write(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
