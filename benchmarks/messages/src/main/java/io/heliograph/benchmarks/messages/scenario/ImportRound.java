package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.messages.stack.ImportFiles;
import io.heliograph.benchmarks.messages.stack.JobClient;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One round: imports of the same files in parallel and sequentially, and senders with and without an import.
 *
 * @param pace the rate of the senders, in messages per second
 * @param besideRate the rate of the import concurrent with the senders, in messages per second
 */
record ImportRound(
        Sends sends, Imported together, Imported oneByOne, double pace, Sends alone, Sends beside, double besideRate) {

    private static final double MEBIBYTE = 1048576;

    /**
     * @param accepted seconds of the uploads
     * @param reading seconds of the first reading
     * @param seconds seconds in total
     */
    record Imported(double accepted, double reading, double seconds, long messages, double grownMebibytes, Cost cost) {

        double storing() {
            return seconds - accepted - reading;
        }

        double rate() {
            return messages / seconds;
        }

        double per10k(double cpuSeconds) {
            return cpuSeconds / messages * 10_000;
        }
    }

    static ImportRound run(MessageStack stack, Senders senders, ImportFiles files, ImportFiles some, Duration time) {
        // A new user, because the size of stored files per user is limited.
        Person owner = stack.people(1).get(0);
        JobClient client = new JobClient(stack.replica().address(), owner);
        Sends sends = senders.run(DurableSend.SENDERS, time);
        UUID room = stack.room(List.of(owner));
        Imported together =
                beside(senders, () -> imported(stack, files, () -> Stream.of(client.imports(room, files.all()))));
        UUID other = stack.room(List.of(owner));
        Imported oneByOne = beside(
                senders,
                () -> imported(
                        stack, files, () -> files.all().stream().map(file -> client.imports(other, List.of(file)))));
        double pace = Math.min(Import.PACE, sends.rate() * Import.PART);
        Sends before = senders.paced(Import.PACED_SENDERS, pace, time);
        UUID third = stack.room(List.of(owner));
        CompletableFuture<JobClient.Job> importing =
                CompletableFuture.supplyAsync(() -> client.imports(third, some.all()));
        Sends beside = senders.pacedUntil(Import.PACED_SENDERS, pace, importing::isDone);
        JobClient.Job imported = importing.join();
        Sends alone = before.and(senders.paced(Import.PACED_SENDERS, pace, time));
        return new ImportRound(sends, together, oneByOne, pace, alone, beside, imported.messages() / imported.ended());
    }

    /** Runs this while the senders are connected but idle. */
    private static <T> T beside(Senders senders, Supplier<T> work) {
        CompletableFuture<T> done = CompletableFuture.supplyAsync(work);
        senders.idleUntil(done::isDone);
        return done.join();
    }

    private interface Importing {
        Stream<JobClient.Job> run();
    }

    private static Imported imported(MessageStack stack, ImportFiles files, Importing importing) {
        Usage replica = stack.replica().usage();
        replica.resetPeak();
        long before = replica.residentBytes();
        Cost cost = Cost.soFar(stack);
        List<JobClient.Job> jobs = importing.run().toList();
        long messages = jobs.stream().mapToLong(JobClient.Job::messages).sum();
        if (messages != (long) files.all().size() * files.linesEach()) {
            throw new IllegalStateException("imported " + messages);
        }
        return new Imported(
                jobs.stream().mapToDouble(JobClient.Job::accepted).sum(),
                jobs.stream()
                        .mapToDouble(job -> job.totalled() - job.accepted())
                        .sum(),
                jobs.stream().mapToDouble(JobClient.Job::ended).sum(),
                messages,
                (replica.peakResidentBytes() - before) / MEBIBYTE,
                Cost.since(cost, stack));
    }
}
