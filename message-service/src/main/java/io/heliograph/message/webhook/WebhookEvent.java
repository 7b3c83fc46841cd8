package io.heliograph.message.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.message.message.Message;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.UUID;

/**
 * One change as it is posted. A change has the same id each time it is posted.
 *
 * @param json the event as JSON in UTF-8
 */
record WebhookEvent(UUID room, long rev, String id, byte[] json) {

    static WebhookEvent of(EventType type, Message message) {
        String id = message.room() + "-" + message.rev();
        String head = """
                {"id":"%s","type":"%s","timestamp":"%s","room":"%s","seq":%d,"rev":%d,"data":""".formatted(id, type.text(), type.time(message), message.room(), message.seq(), message.rev());
        byte[] data = type.frame(message).frame();
        ByteArrayOutputStream json = new ByteArrayOutputStream(head.length() + data.length + 1);
        json.writeBytes(head.getBytes(UTF_8));
        json.writeBytes(data);
        json.write('}');
        return new WebhookEvent(message.room(), message.rev(), id, json.toByteArray());
    }

    /** The event that tests an endpoint. */
    static WebhookEvent test() {
        String id = "test-" + UUID.randomUUID();
        String json = """
                {"id":"%s","type":"test","timestamp":"%s","data":{}}""".formatted(id, Instant.now());
        return new WebhookEvent(null, 0, id, json.getBytes(UTF_8));
    }
}
