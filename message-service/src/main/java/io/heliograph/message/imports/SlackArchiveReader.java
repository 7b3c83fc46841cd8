package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads the messages of one channel of a Slack export: {@code users.json} and a folder for each channel, with a file for
 * each day. The archive is read twice, since users may follow their messages. It is decompressed as a stream, not to files.
 */
final class SlackArchiveReader implements FileReader {

    /** Handles an entry. Only what it reads is decompressed. */
    private interface EntryHandler {
        void visit(String name, InputStream content) throws Exception;
    }

    private static final Pattern DAY = Pattern.compile("([^/]+)/\\d{4}-\\d{2}-\\d{2}\\.json");
    /** The most channels that an error lists. */
    private static final int NAMED = 20;

    private final String channel;
    private final ImportConfig config;

    SlackArchiveReader(String channel, ImportConfig config) {
        this.channel = channel;
        this.config = config;
    }

    @Override
    public void read(ReceivedFile file, Source source, FileReport report, LineTarget target) throws Exception {
        SlackWorkspace workspace = new SlackWorkspace();
        Set<String> channels = new TreeSet<>();
        visit(source.open(), (name, content) -> {
            Matcher day = DAY.matcher(name);
            if (day.matches()) {
                channels.add(day.group(1));
            } else {
                readNames(name, content, workspace);
            }
        });
        String chosen = choose(channels);
        long[] number = new long[1];
        visit(source.open(), (name, content) -> {
            Matcher day = DAY.matcher(name);
            if (day.matches() && day.group(1).equals(chosen)) {
                number[0] = readDay(name, content, number[0], chosen, workspace, report, target);
            }
        });
    }

    private static void readNames(String name, InputStream content, SlackWorkspace workspace)
            throws IOException, BadFile {
        try (JsonParser json = SlackJson.parser(content)) {
            switch (name) {
                case "users.json" -> workspace.users().read(json);
                // groups.json has the private channels.
                case "channels.json", "groups.json" -> workspace.channels().read(json);
                default -> {
                    // No other entry is needed.
                }
            }
        } catch (JsonProcessingException malformed) {
            throw new BadFile("its " + name + " is not the JSON of a Slack export");
        }
    }

    /** Returns the number of the last message of the day. */
    private static long readDay(
            String name,
            InputStream content,
            long before,
            String channel,
            SlackWorkspace workspace,
            FileReport report,
            LineTarget target)
            throws Exception {
        long number = before;
        try (JsonParser json = SlackJson.parser(content)) {
            SlackJson.expectArray(json);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    report.fault(name + " holds something that is no message");
                    json.skipChildren();
                    continue;
                }
                SlackMessage message = SlackMessage.read(json);
                number++;
                report.line();
                ImportedLine line = message.isWritten() ? message.line(number, channel, workspace) : null;
                if (line != null) {
                    report.leaveOut(message.reactions(), message.fileCount());
                    target.add(line);
                } else if (message.isWritten()) {
                    report.fault("message " + number + " in " + name + " has no time");
                } else {
                    report.skip();
                }
            }
        } catch (JsonProcessingException malformed) {
            report.fault(name + " is not JSON after message " + number);
        }
        return number;
    }

    private String choose(Set<String> channels) throws BadFile {
        if (channels.isEmpty()) {
            throw new BadFile(
                    "it has no messages: a Slack export has a folder for each channel, with a file for each day");
        }
        if (channel == null && channels.size() > 1) {
            throw new BadFile("it has several channels, of which channel= has to name one: "
                    + String.join(", ", channels.stream().limit(NAMED).toList()));
        }
        String wanted = channel == null ? channels.iterator().next() : channel.replaceFirst("^#", "");
        if (!channels.contains(wanted)) {
            throw new BadFile("it has no channel " + wanted);
        }
        return wanted;
    }

    private void visit(InputStream archive, EntryHandler handler) throws Exception {
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            long left = config.maxUnpacked().asLongValue();
            int entries = 0;
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw new BadFile("it is no zip archive, or an empty one");
            }
            while (entry != null) {
                if (++entries > config.maxEntries()) {
                    throw new BadFile("it has over " + config.maxEntries() + " entries");
                }
                checkName(entry.getName());
                BoundedEntry content = new BoundedEntry(zip, left);
                if (!entry.isDirectory()) {
                    handler.visit(entry.getName(), content);
                }
                content.skipRest();
                left = content.left;
                entry = zip.getNextEntry();
            }
        } catch (TooLarge bomb) {
            throw new BadFile("it is over " + config.maxUnpacked().asLongValue() + " bytes unpacked");
        } catch (ZipException | IllegalArgumentException malformed) {
            throw new BadFile("it is no zip archive that can be read");
        } catch (EOFException cutOff) {
            throw new BadFile("it ends early");
        }
    }

    private static void checkName(String name) throws BadFile {
        if (name.startsWith("/")
                || name.indexOf('\\') >= 0
                || List.of(name.split("/", -1)).contains("..")) {
            throw new BadFile("it has an entry whose name leads out of the archive");
        }
    }

    private static final class TooLarge extends IOException {}

    /** An entry of bounded size, which is counted while it is decompressed. */
    private static final class BoundedEntry extends FilterInputStream {

        private final byte[] skipped = new byte[16 * 1024];
        private long left;

        BoundedEntry(InputStream entry, long left) {
            super(entry);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new TooLarge();
            }
        }

        void skipRest() throws IOException {
            while (read(skipped, 0, skipped.length) >= 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted");
                }
            }
        }

        /** Does nothing: the archive continues after the entry. */
        @Override
        public void close() {}
    }
}
