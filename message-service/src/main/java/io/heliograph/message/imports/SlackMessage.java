package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message of a Slack export, as far as it matters here. */
final class SlackMessage {

    /** Messages that people wrote, or programs in their place; the others tell of joins, topics and the like. */
    private static final Set<String> WRITTEN =
            Set.of("bot_message", "me_message", "thread_broadcast", "file_share", "file_comment", "reply_broadcast");

    private static final int MAX_FILES = 50;

    /** {@code <@U1>}, {@code <#C1|name>}, {@code <!here>}, {@code <https://…|label>}: mentions and links. */
    private static final Pattern MARKED = Pattern.compile("<([@#!]?)([^|<>]+)(?:\\|([^<>]*))?>");

    private static final Pattern TIME = Pattern.compile("(\\d{1,12})\\.(\\d{1,9})");

    private String type;
    private String subtype;
    private String user;
    private String username;
    private String botName;
    private String profileName;
    private String text;
    private String ts;
    private final List<String> files = new ArrayList<>();
    private final List<String> attachments = new ArrayList<>();

    /** The object at whose beginning the parser is. */
    static SlackMessage read(JsonParser json) throws IOException {
        SlackMessage message = new SlackMessage();
        SlackJson.fields(json, field -> {
            switch (field) {
                case "type" -> message.type = SlackJson.text(json);
                case "subtype" -> message.subtype = SlackJson.text(json);
                case "user" -> message.user = SlackJson.text(json);
                case "username" -> message.username = SlackJson.text(json);
                case "text" -> message.text = SlackJson.text(json);
                case "ts" -> message.ts = SlackJson.text(json);
                case "bot_profile" -> message.botName = SlackJson.firstOf(json, "name");
                case "user_profile" -> message.profileName = SlackJson.shownName(json);
                case "files" -> each(json, message.files, "name", "title", "id");
                case "attachments" -> each(json, message.attachments, "fallback", "text", "title");
                default -> json.skipChildren();
            }
        });
        return message;
    }

    private static void each(JsonParser json, List<String> found, String... names) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text = SlackJson.firstOf(json, names);
            if (text != null && found.size() < MAX_FILES) {
                found.add(text);
            }
        }
    }

    /** Whether somebody wrote it, and it is not empty. */
    boolean isWritten() {
        return (type == null || type.equals("message"))
                && (subtype == null || WRITTEN.contains(subtype))
                && (text != null || !files.isEmpty() || !attachments.isEmpty());
    }

    /** Null if its time is missing or no time. */
    ImportedLine line(long number, String channel, SlackUsers users) {
        Matcher time = ts == null ? null : TIME.matcher(ts);
        if (time == null || !time.matches()) {
            return null;
        }
        SlackUsers.User known = users.find(user);
        String author = known != null
                ? known.shown()
                : SlackJson.first(username, SlackJson.first(botName, SlackJson.first(profileName, user)));
        return new ImportedLine(
                number,
                Instant.ofEpochSecond(
                        Long.parseLong(time.group(1)), Long.parseLong((time.group(2) + "000000000").substring(0, 9))),
                known == null ? null : known.name(),
                SlackJson.first(author, "?"),
                "slack-" + channel + "-" + ts,
                content(users));
    }

    private String content(SlackUsers users) {
        List<String> parts = new ArrayList<>();
        if (text != null) {
            parts.add(plain(text, users));
        } else {
            attachments.forEach(attachment -> parts.add(plain(attachment, users)));
        }
        files.forEach(file -> parts.add("[file: " + file + "]"));
        return String.join("\n", parts);
    }

    private static String plain(String text, SlackUsers users) {
        String shown = MARKED.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(shown(mark, users)));
        return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String shown(MatchResult mark, SlackUsers users) {
        String target = mark.group(2);
        String label = mark.group(3) == null || mark.group(3).isEmpty() ? null : mark.group(3);
        return switch (mark.group(1)) {
            case "@" -> {
                SlackUsers.User user = users.find(target);
                yield "@" + (user == null ? SlackJson.first(label, target) : user.shown());
            }
            case "#" -> "#" + SlackJson.first(label, target);
            case "!" -> "@" + SlackJson.first(label, target);
            default -> label == null || label.equals(target) ? target : label + " (" + target + ")";
        };
    }
}
