package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.heliograph.message.message.send.NewMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message of a Slack export, with the fields that are imported. */
final class SlackMessage {

    /** The subtypes of messages by people or apps; the others are joins, changed topics and the like. */
    private static final Set<String> WRITTEN = Set.of(
            "bot_message",
            "me_message",
            "thread_broadcast",
            "file_share",
            "file_comment",
            "reply_broadcast",
            "slackbot_response");

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
    private String threadTs;
    private int reactions;
    private final List<String> files = new ArrayList<>();
    private final List<String> attachments = new ArrayList<>();

    /** Reads the object at whose start the parser is. */
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
                case "thread_ts" -> message.threadTs = SlackJson.text(json);
                case "reactions" -> message.reactions = countReactions(json);
                case "bot_profile" -> message.botName = SlackJson.firstOf(json, "name");
                case "user_profile" -> message.profileName = SlackJson.shownName(json);
                case "files" -> each(json, message.files, "name", "title", "id");
                case "attachments" -> each(json, message.attachments, "fallback", "text", "title");
                default -> json.skipChildren();
            }
        });
        return message;
    }

    /** Counts the reaction of each person. */
    private static int countReactions(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return 0;
        }
        int[] counted = new int[1];
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                SlackJson.fields(json, field -> {
                    if (field.equals("count") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                        counted[0] += Math.max(0, json.getValueAsInt());
                    } else {
                        json.skipChildren();
                    }
                });
            }
        }
        return counted[0];
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

    /** Whether a person or an app wrote the message, and it is not empty. */
    boolean isWritten() {
        return (type == null || type.equals("message"))
                && (subtype == null || WRITTEN.contains(subtype))
                && (text != null || !files.isEmpty() || !attachments.isEmpty());
    }

    int reactions() {
        return reactions;
    }

    int fileCount() {
        return files.size();
    }

    /** Null if the time is missing or invalid. */
    ImportedLine line(long number, String channel, SlackWorkspace workspace) {
        Matcher time = ts == null ? null : TIME.matcher(ts);
        if (time == null || !time.matches()) {
            return null;
        }
        SlackUsers.User known = workspace.users().find(user);
        String named = known != null
                ? known.shown()
                : SlackJson.first(username, SlackJson.first(botName, SlackJson.first(profileName, user)));
        String author = SlackJson.first(named, "?");
        String content = content(workspace);
        if (ts.equals(threadTs)) {
            workspace.threads().begin(ts, author, content);
        } else if (threadTs != null) {
            content = quoting(workspace.threads().quote(threadTs), content);
        }
        return new ImportedLine(
                number,
                Instant.ofEpochSecond(
                        Long.parseLong(time.group(1)), Long.parseLong((time.group(2) + "000000000").substring(0, 9))),
                known == null ? null : known.name(),
                known == null ? null : known.address(),
                author,
                "slack-" + channel + "-" + ts,
                content);
    }

    /** The text, with a quote of the parent message as its first line if that fits. */
    private static String quoting(String quote, String content) {
        String both = quote + '\n' + content;
        return quote == null || both.codePointCount(0, both.length()) > NewMessage.MAX_CONTENT ? content : both;
    }

    private String content(SlackWorkspace workspace) {
        List<String> parts = new ArrayList<>();
        if (text != null) {
            parts.add(plain(text, workspace));
        } else {
            attachments.forEach(attachment -> parts.add(plain(attachment, workspace)));
        }
        files.forEach(file -> parts.add("[file: " + file + "]"));
        return String.join("\n", parts);
    }

    private static String plain(String text, SlackWorkspace workspace) {
        String shown = MARKED.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(shown(mark, workspace)));
        return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String shown(MatchResult mark, SlackWorkspace workspace) {
        String target = mark.group(2);
        String label = mark.group(3) == null || mark.group(3).isEmpty() ? null : mark.group(3);
        return switch (mark.group(1)) {
            case "@" -> {
                SlackUsers.User user = workspace.users().find(target);
                yield "@" + (user == null ? SlackJson.first(label, target) : user.shown());
            }
            case "#" -> "#" + SlackJson.first(label, workspace.channels().name(target));
            case "!" -> special(target, label);
            default -> link(target, label);
        };
    }

    /** {@code <!here>}, {@code <!subteam^S1|@team>}, {@code <!date^1392734382^{date}|February 18th>}. */
    private static String special(String target, String label) {
        if (label == null) {
            return "@" + target;
        }
        return label.startsWith("@") || target.startsWith("date^") ? label : "@" + label;
    }

    /** Slack encodes links: {@code <http://a.example/|a.example>}, {@code <mailto:a@b.example|a@b.example>}. */
    private static String link(String target, String label) {
        if (target.equals("mailto:" + label) || target.equals("tel:" + label)) {
            return label;
        }
        boolean same = label == null
                || target.equals(label)
                || target.endsWith("://" + label)
                || target.endsWith("://" + label + '/');
        return same ? target : label + " (" + target + ")";
    }
}
