package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The users of a Slack export by their ids. */
final class SlackUsers {

    /** {@code name} is the handle, {@code address} the e-mail address or null, {@code shown} the display name. */
    record User(String name, String address, String shown) {}

    /** The most users, at some 300 bytes each. Further users keep their ids. */
    private static final int MAX_USERS = 50_000;

    private final Map<String, User> users = new HashMap<>();

    /** Reads the array in users.json. */
    void read(JsonParser json) throws IOException {
        SlackJson.expectArray(json);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String[] id = new String[1];
            String[] name = new String[1];
            String[] shown = new String[1];
            String[] address = new String[1];
            SlackJson.fields(json, field -> {
                switch (field) {
                    case "id" -> id[0] = SlackJson.text(json);
                    case "name" -> name[0] = SlackJson.text(json);
                    case "real_name" -> shown[0] = SlackJson.first(shown[0], SlackJson.text(json));
                    case "profile" -> {
                        String[] profile = SlackJson.texts(json, "display_name", "real_name", "name", "email");
                        for (int i = 2; i >= 0; i--) {
                            shown[0] = SlackJson.first(profile[i], shown[0]);
                        }
                        address[0] = profile[3];
                    }
                    default -> json.skipChildren();
                }
            });
            if (id[0] != null && users.size() < MAX_USERS) {
                users.put(
                        id[0],
                        new User(name[0], address[0], SlackJson.first(shown[0], SlackJson.first(name[0], id[0]))));
            }
        }
    }

    /** Null if the export has no such user. */
    User find(String id) {
        return id == null ? null : users.get(id);
    }
}
