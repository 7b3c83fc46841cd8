package io.heliograph.message.imports;

/** A file that cannot be read to its end. Lines that were read before are kept; the report has the message. */
final class BadFile extends Exception {

    BadFile(String message) {
        super(message, null, false, false);
    }
}
