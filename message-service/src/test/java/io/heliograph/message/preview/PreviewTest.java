package io.heliograph.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.localstack.store.RedisServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PublicSite.class)
class PreviewTest extends MessageServiceTest {

    /** Set by the test resources. */
    Site site;

    RedisServer redis;

    private Person ada;

    @BeforeEach
    void signIn() {
        ada = person("ada");
    }

    @Test
    void shouldReturnAPreviewForSharedCaches() {
        preview(site("/og"))
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=3600")
                .body("url", equalTo(site("/og")))
                .body("title", equalTo("Open Graph"))
                .body("description", equalTo("Says what it is"))
                .body("image", equalTo(site("/picture.png")))
                .body("siteName", equalTo("A site"));
    }

    @Test
    void shouldOmitWhatThePageOmits() {
        preview(site("/no-title"))
                .then()
                .statusCode(200)
                .body("url", equalTo(site("/no-title")))
                .body("title", nullValue())
                .body("image", nullValue());
    }

    @Test
    void shouldReadRareCharsets() {
        preview(site("/windows-1251-meta")).then().statusCode(200).body("title", equalTo("Привет"));
    }

    @Test
    void shouldRejectInternalAddresses() {
        refused(preview("http://127.0.0.2:" + site.port() + "/plain"), 422, "preview_refused");
        refused(preview("http://[::1]:" + site.port() + "/plain"), 422, "preview_refused");
        refused(preview("http://2130706433:" + site.port() + "/plain"), 422, "preview_refused");
        refused(preview(site("/redirect-to-private-address")), 422, "preview_refused");
    }

    @Test
    void shouldReportThatAPageCannotBeFetched() {
        refused(preview(site("/missing")), 422, "preview_unavailable");
        refused(preview(site("/text")), 422, "preview_unavailable");
        refused(preview("http://127.0.0.1:1025/"), 422, "preview_unavailable");
    }

    @Test
    void shouldRequireAUrl() {
        refused(ada.asks().get("/api/previews"), 400, "invalid_request");
        refused(preview("hello"), 400, "invalid_request");
        refused(preview("http://" + "a".repeat(2_048)), 400, "invalid_request");
    }

    @Test
    void shouldRequireAToken() {
        refused(anonymous().queryParam("url", site("/plain")).get("/api/previews"), 401, "unauthenticated");
    }

    @Test
    void shouldLimitAHostForAllReplicasInRedis() {
        int admitted = 0;
        Response last = preview("http://10.0.0.1/0");
        while (last.statusCode() == 422) {
            admitted++;
            last = person("someone")
                    .asks()
                    .queryParam("url", "http://10.0.0.1/" + admitted)
                    .get("/api/previews");
        }

        refused(last, 429, "rate_limited");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 661);
        assertThat(admitted).isEqualTo(30);
    }

    @Test
    void shouldFetchWhileRedisIsDown() {
        redis.stop();
        try {
            preview(site("/plain")).then().statusCode(200).body("title", equalTo("A page"));
        } finally {
            redis.start();
        }
    }

    private String site(String path) {
        return "http://127.0.0.1:" + site.port() + path;
    }

    private Response preview(String url) {
        return ada.asks().queryParam("url", url).get("/api/previews");
    }
}
