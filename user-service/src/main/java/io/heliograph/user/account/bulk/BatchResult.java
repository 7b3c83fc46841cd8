package io.heliograph.user.account.bulk;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of each row, in the order of the rows. */
@Schema(name = "CreatedUsers")
record BatchResult(int created, int failed, List<RowResult> results) {

    static BatchResult of(List<RowResult> results) {
        int created = Math.toIntExact(
                results.stream().filter(row -> row.user() != null).count());
        return new BatchResult(created, results.size() - created, results);
    }
}
