package io.heliograph.user.account.bulk;

import java.util.List;

/** The result of each row, in the order of the rows. */
record BatchResult(int created, int failed, List<RowResult> results) {

    static BatchResult of(List<RowResult> results) {
        int created = Math.toIntExact(
                results.stream().filter(row -> row.user() != null).count());
        return new BatchResult(created, results.size() - created, results);
    }
}
