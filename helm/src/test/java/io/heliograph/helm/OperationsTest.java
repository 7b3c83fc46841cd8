package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The figures of the chart in docs/operations/install.md. */
class OperationsTest {

    @Test
    void shouldStateTheTotalResourceRequests() throws IOException {
        BigDecimal cores = BigDecimal.ZERO;
        BigDecimal mebibytes = BigDecimal.ZERO;
        int pods = 0;
        List<Manifest> deployments = Chart.render(Map.of()).all("Deployment");
        for (Manifest deployment : deployments) {
            int replicas = deployment.number("spec.replicas");
            Manifest requests =
                    deployment.list("spec.template.spec.containers").get(0).at("resources.requests");
            pods += replicas;
            cores = cores.add(
                    number(requests.text("cpu"), "m").movePointLeft(3).multiply(BigDecimal.valueOf(replicas)));
            mebibytes = mebibytes.add(number(requests.text("memory"), "Mi").multiply(BigDecimal.valueOf(replicas)));
        }

        String expected = "room for %s pods (%s GiB and %s cores requested"
                .formatted(
                        pods == 6 ? "six" : pods,
                        mebibytes
                                .divide(BigDecimal.valueOf(1024))
                                .stripTrailingZeros()
                                .toPlainString(),
                        cores.stripTrailingZeros().toPlainString());
        assertTrue(
                Files.readString(Path.of("..", "docs", "operations", "install.md"))
                        .contains(expected),
                expected);
    }

    private static BigDecimal number(String quantity, String unit) {
        return new BigDecimal(quantity.substring(0, quantity.length() - unit.length()));
    }
}
