package io.heliograph.message.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackArchiveTest {

    private static final String USERS = """
            [{"id":"U1","name":"ada","real_name":"Ada Lovelace","profile":{"display_name":"Ada","image_72":"x"}},
             {"id":"U2","name":"grace","profile":{"real_name":"Grace Hopper"}},
             {"id":"USLACKBOT","name":"slackbot"}]
            """;

    @Test
    void shouldReadMessagesOfUsersAndBotsOnly() throws Exception {
        byte[] archive = ReadFile.zip(
                "channels.json",
                "[{\"id\":\"C1\",\"name\":\"general\"}]",
                "general/2020-01-01.json",
                """
                [{"type":"message","subtype":"channel_join","user":"U1","text":"<@U1> has joined","ts":"1577836800.000100"},
                 {"type":"message","user":"U1","text":"Hi <@U2>, see <https://a.example/x|this> &amp; <#C2|random>",
                  "ts":"1577836801.000200","thread_ts":"1577836801.000200","reply_count":1,
                  "reactions":[{"name":"+1","users":["U2"],"count":1}],"edited":{"user":"U1","ts":"1577836810.000000"}},
                 {"type":"message","user":"U2","text":"A reply","ts":"1577836802.000300","thread_ts":"1577836801.000200"},
                 {"type":"message","user":"U2","text":"","ts":"1577836803.000400",
                  "files":[{"id":"F1","name":"plan.pdf","url_private":"https://files.example/F1"}]},
                 {"type":"message","subtype":"bot_message","username":"deploy","text":"done","ts":"1577836804.000500"},
                 {"type":"message","subtype":"bot_message","bot_profile":{"name":"ci"},"text":"",
                  "attachments":[{"fallback":"build 7 failed","blocks":[[[]]]}],"ts":"1577836805.000600"},
                 {"type":"message","user":"U9","text":"who am I","ts":"1577836806.000700"},
                 {"type":"message","user":"U1","text":"no time"}]
                """,
                "users.json",
                USERS);

        ReadFile read = ReadFile.of("export.zip", archive);

        assertThat(read.contents())
                .containsExactly(
                        "Hi @Grace Hopper, see this (https://a.example/x) & #random",
                        "> Ada: Hi @Grace Hopper, see this (https://a.example/x) & #random\nA reply",
                        "[file: plan.pdf]",
                        "done",
                        "build 7 failed",
                        "who am I");
        assertThat(read.messages().stream().map(ImportedLine::author))
                .containsExactly("Ada", "Grace Hopper", "Grace Hopper", "deploy", "ci", "U9");
        assertThat(read.messages().stream().map(ImportedLine::username))
                .containsExactly("ada", "grace", "grace", null, null, null);
        assertThat(read.messages().get(0).sentAt()).isEqualTo(Instant.parse("2020-01-01T00:00:01.0002Z"));
        assertThat(read.messages().get(0).clientId()).isEqualTo("slack-general-1577836801.000200");
        assertThat(read.report().getLong("lines")).isEqualTo(8);
        assertThat(read.report().getLong("skipped")).isEqualTo(2);
        assertThat(read.report().getJsonObject("leftOut")).isEqualTo(JsonObject.of("reactions", 1L, "files", 1L));
        assertThat(read.faults()).containsExactly("message 8 in general/2020-01-01.json has no time");
    }

    /** As people see it in Slack. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            <#C2> ~ '#random'
            <#C2|> ~ '#random'
            <#C9> ~ '#C9'
            <@U1|ada> ~ @Ada
            <@U9|bob> ~ @bob
            <!here> ~ @here
            <!channel|channel> ~ @channel
            <!subteam^S1|@team> ~ @team
            <!date^1392734382^{date}|February 18th> ~ February 18th
            <https://a.example/|a.example> ~ https://a.example/
            <https://a.example/x|the plan> ~ the plan (https://a.example/x)
            <mailto:ada@a.example|ada@a.example> ~ ada@a.example
            &lt;b&gt; &amp;amp; ~ <b> &amp;
            """)
    void shouldConvertMarkup(String marked, String shown) throws Exception {
        byte[] archive = ReadFile.zip(
                "users.json",
                USERS,
                "channels.json",
                "[{\"id\":\"C1\",\"name\":\"general\"},{\"id\":\"C2\",\"name\":\"random\"}]",
                "general/2020-01-01.json",
                "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"%s\",\"ts\":\"1577836801.000100\"}]"
                        .formatted(marked));

        assertThat(ReadFile.of("e.zip", archive).contents()).containsExactly(shown);
    }

    @Test
    void shouldQuoteTheFirstMessageOfAThreadInItsReplies() throws Exception {
        byte[] archive = ReadFile.zip(
                "general/2020-01-01.json",
                "[%s, %s]"
                        .formatted(
                                inThread(1, 1, "A long question.\\n" + "x".repeat(100)), inThread(2, 1, "An answer")),
                "general/2020-01-02.json",
                "[%s, %s]".formatted(inThread(3, 1, "y".repeat(7_950)), inThread(4, 9, "To what was deleted")));

        assertThat(ReadFile.of("e.zip", archive).contents())
                .containsExactly(
                        "A long question.\n" + "x".repeat(100),
                        "> U1: A long question. " + "x".repeat(62) + "…\nAn answer",
                        // There is no room for more.
                        "y".repeat(7_950),
                        "To what was deleted");
    }

    @Test
    void shouldReadOtherDaysBesideAnInvalidOne() throws Exception {
        byte[] archive = ReadFile.zip(
                "general/2020-01-01.json", "[" + message(1) + ",{\"type\":",
                "general/2020-01-02.json", "not json",
                "general/2020-01-03.json", "[" + message(3) + "]");

        ReadFile read = ReadFile.of("export.zip", archive);

        assertThat(read.contents()).containsExactly("text 1", "text 3");
        assertThat(read.faults())
                .containsExactly(
                        "general/2020-01-01.json is not JSON after message 1",
                        "general/2020-01-02.json is not JSON after message 1");
    }

    /** Whatever the fields hold, and whatever the people lack. */
    @Test
    void shouldReadMessagesBesideInvalidEntries() throws Exception {
        byte[] archive = ReadFile.zip("users.json", """
                [{"id":"U1","name":"ada","profile":{"real_name":"Ada","email":"ada@example.org"}},
                 {"id":"U2","profile":{"email":5}},{"id":"U3","profile":"x","name":"carol"},{"id":7}]
                """, "general/2020-01-01.json", """
                [5,null,"x",
                 {"type":"message","user":"U1","text":"one","ts":"1577836801.000200","reactions":"x","files":5,"attachments":{}},
                 {"type":"message","user":"U2","text":"two","ts":"1577836802.000200"},
                 {"type":"message","user":"U3","text":"three","ts":"1577836803.000200"},
                 {"user":{"a":1},"text":["x"],"ts":"1577836804.0"},
                 {"text":"no time","ts":"1e5"}]
                """);

        ReadFile read = ReadFile.of("export.zip", archive);

        assertThat(read.contents()).containsExactly("one", "two", "three");
        assertThat(read.messages().stream().map(ImportedLine::address)).containsExactly("ada@example.org", null, null);
        assertThat(read.messages().stream().map(ImportedLine::username)).containsExactly("ada", null, "carol");
        assertThat(read.messages().stream().map(ImportedLine::author)).containsExactly("Ada", "U2", "carol");
        assertThat(read.faults()).hasSize(4);
    }

    @Test
    void shouldReadOneChannelAndRequireItsNameOfSeveral() throws Exception {
        byte[] archive = ReadFile.zip(
                "general/2020-01-01.json", "[" + message(1) + "]", "random/2020-01-01.json", "[" + message(2) + "]");

        assertThat(ReadFile.of("e.zip", "random", archive, Map.of()).contents()).containsExactly("text 2");
        assertThat(ReadFile.of("e.zip", "#general", archive, Map.of()).contents())
                .containsExactly("text 1");
        assertThat(ReadFile.of("e.zip", archive).report().getString("error"))
                .isEqualTo("it has several channels, of which channel= has to name one: general, random");
        assertThat(ReadFile.of("e.zip", "none", archive, Map.of()).report().getString("error"))
                .isEqualTo("it has no channel none");
    }

    @Test
    void shouldRejectAnArchiveWithoutMessagesOrWithArchivesOnly() throws Exception {
        byte[] inner = ReadFile.zip("general/2020-01-01.json", "[]");

        assertThat(ReadFile.of("e.zip", ReadFile.zip("users.json", "[]", "general/", ""))
                        .report()
                        .getString("error"))
                .startsWith("it has no messages");
        assertThat(ReadFile.of("e.zip", ReadFile.zip(Map.of("inner.zip", inner)))
                        .report()
                        .getString("error"))
                .startsWith("it has no messages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../general/2020-01-01.json", "/general/2020-01-01.json", "a\\..\\b", "a/../b/2020-01-01.json"})
    void shouldRejectAnEntryOutsideTheArchive(String name) throws Exception {
        byte[] archive = ReadFile.zip(name, "[]");

        assertThat(ReadFile.of("e.zip", archive).report().getString("error"))
                .isEqualTo("it has an entry whose name leads out of the archive");
    }

    @Test
    void shouldRejectAnArchiveThatIsTooLargeUnpacked() throws Exception {
        byte[] zeros = new byte[3_000_000];
        Arrays.fill(zeros, (byte) ' ');
        Map<String, String> small = Map.of("heliograph.imports.max-unpacked", "2M");

        for (String name : List.of("general/2020-01-01.json", "elsewhere.bin", "users.json")) {
            byte[] archive = ReadFile.zip(Map.of(name, zeros));
            assertThat(archive.length).isLessThan(20_000);
            assertThat(ReadFile.of("e.zip", null, archive, small).report().getString("error"))
                    .isEqualTo("it is over 2097152 bytes unpacked");
        }
    }

    @Test
    void shouldRejectAnInvalidArchive() throws Exception {
        byte[] archive = ReadFile.zip("general/2020-01-01.json", "[" + message(1) + "," + message(2) + "]");

        assertThat(ReadFile.of("e.zip", "no archive").report().getString("error"))
                .isEqualTo("it is no zip archive, or an empty one");
        assertThat(ReadFile.of("e.zip", new byte[0]).report().getString("error"))
                .isEqualTo("it is no zip archive, or an empty one");
        assertThat(ReadFile.of("e.zip", Arrays.copyOf(archive, 60)).report().getString("error"))
                .isEqualTo("it ends early");
        assertThat(ReadFile.of("e.zip", ReadFile.zip("users.json", "{", "general/2020-01-01.json", "[]"))
                        .report()
                        .getString("error"))
                .isEqualTo("its users.json is not the JSON of a Slack export");
        assertThat(ReadFile.of("e.zip", ReadFile.zip("channels.json", "{", "general/2020-01-01.json", "[]"))
                        .report()
                        .getString("error"))
                .isEqualTo("its channels.json is not the JSON of a Slack export");
    }

    private static String inThread(int number, int thread, String text) {
        return "{\"user\":\"U1\",\"text\":\"%s\",\"ts\":\"157783680%d.000100\",\"thread_ts\":\"157783680%d.000100\"}"
                .formatted(text, number, thread);
    }

    private static String message(int number) {
        return "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"text %d\",\"ts\":\"157783680%d.000100\"}"
                .formatted(number, number);
    }
}
