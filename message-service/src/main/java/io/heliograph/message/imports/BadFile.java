package io.heliograph.message.imports;

/** A file that cannot be read any further. What was read of it before is kept; the message is told in the report. */
final class BadFile extends Exception {

    BadFile(String message) {
        super(message, null, false, false);
    }
}
