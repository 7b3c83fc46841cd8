package io.heliograph.message.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.heliograph.message.request.Text;
import io.netty.buffer.ByteBufUtil;
import java.util.regex.Pattern;

/**
 * An event of the embedding application, which is published to the connections that have joined a room, and not stored.
 *
 * @param data JSON of at most {@value #MAX_DATA} bytes
 */
public record RoomEvent(String name, String data) {

    static final String NAME = "[A-Za-z0-9._:-]{1,64}";
    public static final String NAME_FAULT = "must have 1 to 64 letters, digits or . _ : -";

    /** Bytes in UTF-8: enough for a position, a state or an id. Each connection of the room gets a frame of it. */
    static final int MAX_DATA = 4_096;

    private static final Pattern NAMES = Pattern.compile(NAME);

    public static boolean isName(String text) {
        return NAMES.matcher(text).matches();
    }

    /** {@code data} may be null. */
    public static RoomEvent of(String name, JsonNode data) {
        return new RoomEvent(name, (data == null || data.isMissingNode() ? NullNode.getInstance() : data).toString());
    }

    /** The error of the data, or null. */
    public String fault() {
        return ByteBufUtil.utf8Bytes(data) > MAX_DATA
                ? "must be JSON of at most " + MAX_DATA + " bytes"
                : Text.Validator.fault(data, 1, MAX_DATA);
    }
}
