package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadMarksTest {

    @Test
    void shouldCountNoMessageAsUnreadUpToTheReadMarkWhichMayBeAheadOfTheCount() {
        ReadMarks marks = new ReadMarks("room", new Unconnected(), event -> {});

        marks.counted(0, 3, 3, 0);
        assertEquals(3, marks.unread());

        marks.counted(3, 1, 0, 0);
        assertEquals(0, marks.unread());
    }

    private static final class Unconnected implements RoomHost {

        @Override
        public ClientContext context() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection connection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outbox outbox() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<JsonNode> call(ApiCall call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String me() {
            return "me";
        }

        @Override
        public BackoffSettings backoff() {
            return BackoffSettings.DEFAULT;
        }

        @Override
        public int maxMessages() {
            return 100;
        }

        @Override
        public void publish(Listeners listeners, RoomEvent event) {
            throw new UnsupportedOperationException();
        }
    }
}
