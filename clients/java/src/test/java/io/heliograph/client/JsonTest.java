package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void shouldIgnoreUnknownFieldsOfALaterServer() throws JsonProcessingException {
        String frame = """
                {"type":"message","room":"r","seq":3,"rev":5,"clientId":"c","createdAt":"2026-01-01T12:00:00.1Z",
                "sender":{"id":"u","username":"ada","displayName":"Ada","mood":"glad"},"content":"Hello","colour":7,
                "reactions":[{"emoji":"👍","count":2,"who":[]}]}
                """;

        Message message = Json.read(Json.parse(frame), Message.class);

        assertEquals(Instant.parse("2026-01-01T12:00:00.100Z"), message.createdAt());
        assertEquals("ada", message.sender().username());
        assertEquals(List.of(new Reaction("👍", 2, false)), message.reactions());
        assertNull(message.editedAt());
    }

    @Test
    void shouldReadADeletedMessage() throws JsonProcessingException {
        String frame =
                "{\"type\":\"deleted\",\"room\":\"r\",\"seq\":3,\"rev\":5,\"deletedAt\":\"2026-01-01T12:00:00Z\"}";

        Message message = Json.read(Json.parse(frame), Message.class);

        assertEquals("", message.content());
        assertEquals(List.of(), message.reactions());
        assertTrue(message.isDeleted());
    }

    @Test
    void shouldReadAnUnknownRoleAsNull() throws JsonProcessingException {
        RoomInfo info =
                Json.read(Json.parse("{\"id\":\"r\",\"role\":\"guest\",\"visibility\":\"private\"}"), RoomInfo.class);

        assertNull(info.role());
        assertEquals(Visibility.PRIVATE, info.visibility());
        assertNull(info.unread());
    }

    @Test
    void shouldPreserveTheDigitsOfStoredMetadata() throws JsonProcessingException {
        Map<String, ?> metadata = Map.of("price", new BigDecimal("1.50"));
        NewMessage message = NewMessage.of("one").withMetadata(metadata).inReplyTo(7);
        OutboxEntry entry = new OutboxEntry("room", message, OutboxEntry.State.WAITING, null, 3);

        OutboxEntry again = Json.read(Json.parse(Json.write(entry)), OutboxEntry.class);

        assertEquals(entry, again);
    }

    @Test
    void shouldReportAnInvalidAnswer() {
        HeliographException failure =
                assertThrows(HeliographException.class, () -> Json.read(Json.parse("{\"seq\":\"x\"}"), Message.class));

        assertEquals("invalid_answer", failure.code());
    }

    @Test
    void shouldOmitNullsFromRequests() {
        assertEquals("{\"name\":\"Harbour\",\"visibility\":\"public\"}", Json.write(NewRoom.ofPublic("Harbour")));
    }
}
