package io.heliograph.message.imports;

import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.request.Text;
import io.heliograph.message.request.VisibleText;
import io.heliograph.rest.metadata.Metadata;
import java.time.Duration;
import java.time.Instant;

/**
 * A message of a file. {@code username} and {@code address} are the possible username and e-mail address of its author,
 * and {@code author} is the name in the file. Each may be null, as may {@code sentAt} and {@code metadata}. {@code clientId}
 * is the same whenever the same message is read.
 */
record ImportedLine(
        long line,
        Instant sentAt,
        String username,
        String address,
        String author,
        String clientId,
        String content,
        Metadata metadata) {

    /** The most characters of an address (RFC 5321). A longer or invalid one is left out. */
    private static final int MAX_ADDRESS = 254;

    /** The most characters of a name; longer names are cut. */
    static final int MAX_AUTHOR = 100;

    /** How far a time may be in the future: clocks are wrong by hours, not by years. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** A message of a format without metadata. */
    ImportedLine(
            long line,
            Instant sentAt,
            String username,
            String address,
            String author,
            String clientId,
            String content) {
        this(line, sentAt, username, address, author, clientId, content, null);
    }

    ImportedLine {
        author = author == null ? null : shown(author);
        address = address == null || !isAddress(address) ? null : address;
    }

    /** The time by which messages are sorted: the time of the request for the import if the file has none. */
    Instant time(Instant askedAt) {
        return sentAt == null ? askedAt : sentAt;
    }

    /** Why the message is invalid; null if it is valid. The same each time the message is read. */
    String fault(Instant askedAt) {
        String fault = Text.Validator.fault(content, 1, NewMessage.MAX_CONTENT);
        if (fault == null) {
            fault = Text.Validator.blank(content);
        }
        if (fault != null) {
            return "content " + fault;
        }
        fault = Text.Validator.fault(clientId, 1, NewMessage.MAX_CLIENT_ID);
        if (fault != null) {
            return "clientId " + fault;
        }
        if (sentAt != null && (sentAt.isBefore(Instant.EPOCH) || sentAt.isAfter(askedAt.plus(AHEAD)))) {
            return "createdAt must be between 1970 and now";
        }
        return null;
    }

    /** Whether the text may be the e-mail address of an account, which is ASCII. No username is one. */
    static boolean isAddress(String text) {
        return text.indexOf('@') > 0
                && text.length() <= MAX_ADDRESS
                && text.chars().allMatch(each -> each > ' ' && each < 127 && each != '"' && each != '\\');
    }

    private static String shown(String name) {
        String folded = VisibleText.foldName(name.replace('\0', ' '));
        if (VisibleText.isBlank(folded) || Text.Validator.fault(folded, 1, Integer.MAX_VALUE) != null) {
            return "?";
        }
        return folded.codePointCount(0, folded.length()) <= MAX_AUTHOR
                ? folded
                : folded.substring(0, folded.offsetByCodePoints(0, MAX_AUTHOR));
    }
}
