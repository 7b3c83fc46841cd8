package io.heliograph.e2e.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.client.ApiCall;
import io.heliograph.client.BackoffSettings;
import io.heliograph.client.ClientOptions;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.HeliographException;
import io.heliograph.client.NewRoom;
import io.heliograph.client.Room;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Assertions;

/** People, clients and networks of one test of the Java client. They end with it. */
final class ClientFixture implements AutoCloseable {

    /** So that a test need not wait for what is made for crowds. */
    static final BackoffSettings QUICK = new BackoffSettings(Duration.ofMillis(50), Duration.ofMillis(500));

    private final Heliograph heliograph;
    private final List<AutoCloseable> toClose = new CopyOnWriteArrayList<>();

    ClientFixture(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    URI address() {
        return heliograph.gateway().address();
    }

    Person person(String name) {
        return heliograph.person(name);
    }

    /** A token of this person that is good for some seconds, issued some seconds ago. */
    String token(Person person, long age, long seconds) {
        NumericDate now = NumericDate.now();
        return Tokens.of(heliograph.signingKeys()).with(claims -> {
            claims.setSubject(person.id().toString());
            claims.setStringClaim("upn", person.username());
            claims.setStringListClaim("groups", List.of("user"));
            claims.setIssuedAt(NumericDate.fromSeconds(now.getValue() - age));
            claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + seconds));
        });
    }

    /** A network before the gateway that can be broken. */
    FaultProxy network() {
        FaultProxy proxy = FaultProxy.before(address().getPort());
        toClose.add(proxy);
        return proxy;
    }

    static URI through(FaultProxy network) {
        return URI.create("http://127.0.0.1:" + network.port());
    }

    /** A client without a session. */
    RecordedClient client(UnaryOperator<ClientOptions> options) {
        return client(address(), options);
    }

    RecordedClient client(URI address, UnaryOperator<ClientOptions> options) {
        HeliographClient client =
                new HeliographClient(options.apply(ClientOptions.at(address).backoff(QUICK)));
        toClose.add(client);
        return new RecordedClient(client);
    }

    /** A client of this person that is live. */
    HeliographClient live(Person person) {
        return live(person, address(), options -> options).client();
    }

    RecordedClient live(Person person, FaultProxy network) {
        return live(person, through(network), options -> options);
    }

    RecordedClient live(Person person, UnaryOperator<ClientOptions> options) {
        return live(person, address(), options);
    }

    RecordedClient live(Person person, URI address, UnaryOperator<ClientOptions> options) {
        RecordedClient client = client(address, options);
        signIn(client.client(), person);
        client.awaitLive();
        return client;
    }

    static void signIn(HeliographClient client, Person person) {
        client.signIn(person.username(), Heliograph.password(person.username())).join();
    }

    /** A private room of the first one, with the others in it. */
    static Room room(HeliographClient owner, HeliographClient... others) {
        Room room = owner.createRoom(NewRoom.ofPrivate("a room of the tests")).join();
        for (HeliographClient other : others) {
            room.addMember(other.account().orElseThrow().id()).join();
            other.room(room.id()).join().join();
        }
        return room;
    }

    /** All messages of the room as the server has them, the oldest first. */
    static List<JsonNode> history(HeliographClient client, String room) {
        List<JsonNode> messages = new ArrayList<>();
        String after = "0";
        while (after != null) {
            JsonNode page = client.request(ApiCall.get("/api/rooms/" + room + "/messages?limit=200&after=" + after))
                    .join();
            page.get("items").forEach(messages::add);
            after = page.hasNonNull("next") ? page.get("next").asText() : null;
        }
        return messages;
    }

    static List<String> contents(List<JsonNode> messages) {
        return messages.stream().map(message -> message.get("content").asText()).toList();
    }

    /** Sends these to a room in one batch. */
    static void batch(HeliographClient client, String room, List<String> contents) {
        List<Map<String, String>> messages =
                contents.stream().map(content -> Map.of("content", content)).toList();
        client.request(ApiCall.post("/api/rooms/" + room + "/messages/batch", Map.of("messages", messages)))
                .join();
    }

    /** Fails unless the call is refused with this code. */
    static HeliographException assertRefused(String code, CompletableFuture<?> call) {
        CompletionException failure = Assertions.assertThrows(CompletionException.class, call::join);
        HeliographException refusal =
                Assertions.assertInstanceOf(HeliographException.class, failure.getCause(), failure::toString);
        assertEquals(code, refusal.code());
        return refusal;
    }

    /** Waits until this client has lost its connection. */
    static void awaitNotLive(HeliographClient client) {
        await("the loss").until(() -> !RecordedClient.isLive(client));
    }

    @Override
    public void close() {
        for (AutoCloseable each : toClose) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
