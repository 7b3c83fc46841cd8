package io.heliograph.message.database;

import io.heliograph.message.testsupport.PeerServices;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.DatabaseFailureContract;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@TestProfile(PeerServices.class)
@QuarkusTestResource(EmbeddedStores.class)
class DatabaseFailureTest extends DatabaseFailureContract {

    /** Set by {@link EmbeddedStores}. */
    TokenIssuer issuer;

    private Person ada;

    @BeforeEach
    void someone() {
        UUID id = UUID.randomUUID();
        ada = new Person(id, "ada", issuer.token(id, "ada"));
    }

    @Override
    protected String table() {
        return "message_service.rooms";
    }

    @Override
    protected Response write() {
        return ada.asks()
                .contentType("application/json")
                .body(Map.of("name", "a room", "visibility", "private"))
                .post("/api/rooms");
    }

    @Override
    protected Response read() {
        return ada.asks().get("/api/rooms?visibility=public");
    }
}
