package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The names of channels by their ids: mentions of channels mostly have the id only. */
final class SlackChannels {

    /** The most names, at some 200 bytes each. Further channels keep their ids. */
    private static final int MAX_CHANNELS = 50_000;

    private final Map<String, String> names = new HashMap<>();

    /** Reads the array in channels.json or groups.json. */
    void read(JsonParser json) throws IOException {
        SlackJson.expectArray(json);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String[] id = new String[1];
            String[] name = new String[1];
            SlackJson.fields(json, field -> {
                switch (field) {
                    case "id" -> id[0] = SlackJson.text(json);
                    case "name" -> name[0] = SlackJson.text(json);
                    default -> json.skipChildren();
                }
            });
            if (id[0] != null && name[0] != null && names.size() < MAX_CHANNELS) {
                names.put(id[0], name[0]);
            }
        }
    }

    /** The name; the id if the export has no name for it. */
    String name(String id) {
        return names.getOrDefault(id, id);
    }
}
