package io.heliograph.message.imports;

import java.io.InputStream;
import java.util.Locale;

/** Reads the messages of files of one form. */
sealed interface FileReader permits TextFileReader, JsonLinesReader, SlackArchiveReader {

    /** A file that can be read from its beginning as often as needed. */
    interface Source {
        InputStream open();
    }

    /** Where messages go, and what is wrong with others. */
    interface LineTarget {
        /** Of one that is no message as such, faults are reported; the others are stored in the end. */
        void add(ImportedLine line) throws Exception;
    }

    /** Reads all of it. What it skips is in the report. */
    void read(ReceivedFile file, Source source, FileReport report, LineTarget target) throws Exception;

    /** By the end of the name. {@code channel} is that of an archive, and may be null. */
    static FileReader of(String name, String channel, ImportConfig config) throws BadFile {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".txt")) {
            return new TextFileReader();
        } else if (lower.endsWith(".jsonl")) {
            return new JsonLinesReader();
        } else if (lower.endsWith(".zip")) {
            return new SlackArchiveReader(channel, config);
        }
        throw new BadFile("its name ends neither in .txt nor .jsonl nor .zip");
    }
}
