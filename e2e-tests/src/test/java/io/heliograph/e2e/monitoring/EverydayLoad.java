package io.heliograph.e2e.monitoring;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.testsupport.Socket;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A light load of all kinds of valid and invalid requests, through the gateway, repeated until it is closed. */
final class EverydayLoad implements AutoCloseable {

    /** A port that needs no privilege and is of no service (IANA: reserved). */
    private static final int UNUSED_PORT = 1024;

    private final Heliograph heliograph;
    private final Person ada;
    private final Person grace;
    private final Api gateway;
    private final Api integrator;
    private final UUID room;
    private final Thread thread = new Thread(this::run, "everyday-load");
    private volatile boolean going = true;
    private volatile RuntimeException failure;

    private EverydayLoad(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.ada = heliograph.person("ada");
        this.grace = heliograph.person("grace");
        this.gateway = heliograph.gateway().as(ada);
        this.integrator = heliograph.gateway().as(heliograph.integrator("bot"));
        this.room = gateway.room("private", grace);
    }

    static EverydayLoad on(Heliograph heliograph) {
        EverydayLoad load = new EverydayLoad(heliograph);
        load.thread.start();
        return load;
    }

    /** Fails with the first thing that went wrong. */
    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        try (Socket socket = gateway.socket()) {
            socket.join(room);
            forgetAPassword();
            String webhook = webhook();
            for (int round = 0; going; round++) {
                talk(socket, Integer.toString(round));
                comeBack();
                signInAndOut();
                ask();
                preview(round);
                // As often as one may.
                integrator.post("/api/webhooks/" + webhook + "/test", Map.of());
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void talk(Socket socket, String number) {
        socket.send(room, "socket-" + number, "over the socket");
        gateway.send(room, "rest-" + number, "over REST").expect(201);
        gateway.send(room, "rest-" + number, "over REST");
        socket.sendFrame(Map.of("type", "typing", "room", room));
        socket.sendFrame(Map.of("type", "read", "room", room, "seq", 1));
    }

    private void comeBack() {
        try (Socket back = heliograph.gateway(1).socket(grace)) {
            back.join(room, 0);
        }
    }

    /** Once: repeated failures would delay all users at this address. */
    private void forgetAPassword() {
        heliograph
                .gateway()
                .post("/api/auth/login", Map.of("login", grace.username(), "password", "not the password"))
                .expect(401);
    }

    private void signInAndOut() {
        String refresh = heliograph.signIn(ada.username()).get("refreshToken").asText();
        heliograph
                .gateway()
                .post("/api/auth/logout", Map.of("refreshToken", refresh))
                .expect(204);
    }

    private void ask() {
        gateway.get("/.well-known/jwks.json").expect(200);
        gateway.get("/api/rooms").expect(200);
        gateway.get("/api/users/me").expect(200);
        gateway.get("/api/nothing-here").expect(404);
        Map<String, String> part = Map.of("id", "1", "method", "GET", "path", "/api/rooms");
        gateway.post("/api/batch", Map.of("requests", List.of(part))).expect(200);
        gateway.post("/api/rooms/" + room + "/exports", Map.of());
    }

    /** Of an address that nothing serves: only the request is measured. */
    private void preview(int round) {
        gateway.get("/api/previews?url=http://127.0.0.1:" + UNUSED_PORT + "/" + round);
    }

    /** At an address that nothing serves, as with the preview. */
    private String webhook() {
        return integrator
                .post(
                        "/api/webhooks",
                        Map.of("url", "http://127.0.0.1:" + UNUSED_PORT + "/", "events", List.of("message.created")))
                .expect(201)
                .body()
                .get("id")
                .asText();
    }
}
