package io.heliograph.message.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.rest.metadata.Metadata;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFilesTest {

    @Test
    void shouldReadAMessagePerLineWithAnyLineEnding() throws Exception {
        ReadFile read = ReadFile.of("a.txt", "one\r\ntwo\n\n  \nthree");

        assertThat(read.contents()).containsExactly("one", "two", "three");
        assertThat(read.report().getLong("lines")).isEqualTo(5);
        assertThat(read.report().getLong("skipped")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
    void shouldReadTheEncodingThatAByteOrderMarkNames(String charset) throws Exception {
        byte[] bytes = "\uFEFFgrüß dich 👍\r\nzwei".getBytes(charset);

        assertThat(ReadFile.of("a.txt", bytes).contents()).containsExactly("grüß dich 👍", "zwei");
    }

    @Test
    void shouldSkipLinesOfAnotherEncodingAndReadTheOthers() throws Exception {
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        mixed.write("good\n".getBytes(StandardCharsets.UTF_8));
        mixed.write("schön\n".getBytes(StandardCharsets.ISO_8859_1));
        mixed.write("good too".getBytes(StandardCharsets.UTF_8));

        ReadFile read = ReadFile.of("a.txt", mixed.toByteArray());

        assertThat(read.contents()).containsExactly("good", "good too");
        assertThat(read.faults()).containsExactly("line 2 is not UTF-8, in which this file is read");
        assertThat(read.report().getLong("skipped")).isEqualTo(1);
    }

    @Test
    void shouldSkipALineOfAMegabyte() throws Exception {
        ReadFile read = ReadFile.of("a.txt", "before\n" + "x".repeat(1_000_000) + "\nafter");

        assertThat(read.contents()).containsExactly("before", "after");
        assertThat(read.faults()).containsExactly("line 2 is over 262144 bytes");
    }

    @Test
    void shouldGiveTheSameLineOfTheSameFileTheSameClientId() throws Exception {
        ReadFile once = ReadFile.of("a.txt", "same\nsame");
        ReadFile again = ReadFile.of("b.txt", "same\nsame");

        assertThat(once.messages().get(0).clientId())
                .isNotEqualTo(once.messages().get(1).clientId());
        assertThat(once.messages()).isEqualTo(again.messages());
    }

    @Test
    void shouldReadTheFieldsOfAJsonLine() throws Exception {
        ReadFile read = ReadFile.of("a.jsonl", """
                {"content":"hi","sender":"ada","createdAt":"2020-01-02T03:04:05.678Z","clientId":"c1","other":[{}]}
                {"content":"ho"}
                {"content":"he","sender":"ada@example.org","metadata":{"a":[1.10]},"replyTo":7,"mentions":["x"]}
                """);

        ImportedLine first = read.messages().get(0);
        assertThat(first.username()).isEqualTo("ada");
        assertThat(first.sentAt()).isEqualTo(Instant.parse("2020-01-02T03:04:05.678Z"));
        assertThat(first.clientId()).isEqualTo("c1");
        assertThat(read.messages().get(1).sentAt()).isNull();
        assertThat(read.messages().get(1).username()).isNull();
        assertThat(read.messages().get(2).username()).isNull();
        assertThat(read.messages().get(2).address()).isEqualTo("ada@example.org");
        assertThat(read.messages().get(2).author()).isEqualTo("ada@example.org");
        assertThat(read.messages().get(2).metadata()).isEqualTo(new Metadata("{\"a\":[1.10]}"));
    }

    @Test
    void shouldReportInvalidLinesAndReadTheOthers() throws Exception {
        ReadFile read = ReadFile.of("a.jsonl", """
                {"content":"good"}
                {"content":
                []
                {"sender":"ada"}
                {"content":42}
                {"content":"x","createdAt":"yesterday"}
                {"content":"x"} {"content":"y"}
                {"content":"x","metadata":[]}
                {"content":"good too"}
                """);

        assertThat(read.contents()).containsExactly("good", "good too");
        assertThat(read.faults())
                .containsExactly(
                        "line 2 is not JSON",
                        "line 3 is no JSON object",
                        "line 4 has no content",
                        "line 5 has a content that is no text",
                        "line 6 has a createdAt that is no time of RFC 3339",
                        "line 7 has something behind its JSON object",
                        "line 8 has unfit metadata: it " + Metadata.BOUNDS);
        assertThat(read.report().getLong("lines")).isEqualTo(9);
    }

    @Test
    void shouldRejectAFileOfAnotherType() throws Exception {
        assertThat(ReadFile.of("a.exe", "MZ").report().getString("error"))
                .isEqualTo("its name ends neither in .txt nor .jsonl nor .zip");
    }

    @Test
    void shouldReportInvalidMessages() {
        assertThat(line("x".repeat(8_001), null).fault(Instant.now()))
                .isEqualTo("content must have 1 to 8000 characters");
        assertThat(line("a\0b", null).fault(Instant.now())).isEqualTo("content must not contain NUL");
        assertThat(line("\u200B", null).fault(Instant.now())).isEqualTo("content must have a visible character");
        assertThat(line("x", Instant.parse("1969-12-31T23:59:59Z")).fault(Instant.now()))
                .startsWith("createdAt");
        assertThat(line("x", Instant.now().plusSeconds(200_000)).fault(Instant.now()))
                .startsWith("createdAt");
        assertThat(line("x", Instant.now()).fault(Instant.now())).isNull();
    }

    private static ImportedLine line(String content, Instant sentAt) {
        return new ImportedLine(1, sentAt, null, null, null, "c", content);
    }
}
