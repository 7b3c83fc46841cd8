package io.heliograph.message.imports;

import java.io.InputStream;

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
}
