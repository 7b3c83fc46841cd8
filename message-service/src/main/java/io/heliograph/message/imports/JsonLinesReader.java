package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.heliograph.message.imports.LineInput.BadLine;
import io.heliograph.rest.metadata.Metadata;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Reads one JSON object per line, the format of an export of a room: {@code content}, and optionally {@code sender} (a
 * username or an e-mail address), {@code createdAt}, {@code clientId} and {@code metadata}. Other fields are ignored;
 * {@code replyTo} and {@code mentions} refer to another room.
 */
final class JsonLinesReader implements FileReader {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public void read(ReceivedFile file, Source source, FileReport report, LineTarget target) throws Exception {
        LineInput lines = new LineInput(source.open());
        while (true) {
            String line;
            try {
                line = lines.next();
            } catch (BadLine fault) {
                report.line();
                report.fault("line " + lines.number() + " " + fault.getMessage());
                continue;
            }
            if (line == null) {
                return;
            }
            report.line();
            if (line.isBlank()) {
                report.skip();
                continue;
            }
            try {
                target.add(message(file, lines.number(), line));
            } catch (BadLine fault) {
                report.fault("line " + lines.number() + " " + fault.getMessage());
            }
        }
    }

    private static ImportedLine message(ReceivedFile file, long number, String line) throws BadLine {
        String content = null;
        String sender = null;
        String senderName = null;
        String clientId = TextFileReader.clientId(file, number);
        Instant createdAt = null;
        Metadata metadata = null;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLine("is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "content" -> content = text(json, field);
                    case "sender" -> sender = text(json, field);
                    case "senderName" -> senderName = text(json, field);
                    case "clientId" -> clientId = text(json, field);
                    case "createdAt" -> createdAt = time(text(json, field));
                    case "metadata" -> metadata = metadata(json);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new BadLine("has something behind its JSON object");
            }
        } catch (JsonProcessingException malformed) {
            throw new BadLine("is not JSON");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (content == null) {
            throw new BadLine("has no content");
        }
        boolean address = sender != null && ImportedLine.isAddress(sender);
        return new ImportedLine(
                number,
                createdAt,
                address ? null : sender,
                address ? sender : null,
                senderName == null ? sender : senderName,
                clientId,
                content,
                metadata);
    }

    private static Metadata metadata(JsonParser json) throws IOException, BadLine {
        if (json.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        return Metadata.read(json).orElseThrow(() -> new BadLine("has unfit metadata: it " + Metadata.BOUNDS));
    }

    private static String text(JsonParser json, String field) throws IOException, BadLine {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new BadLine("has a " + field + " that is no text");
        }
        return json.getText();
    }

    private static Instant time(String text) throws BadLine {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException malformed) {
            throw new BadLine("has a createdAt that is no time of RFC 3339");
        }
    }
}
