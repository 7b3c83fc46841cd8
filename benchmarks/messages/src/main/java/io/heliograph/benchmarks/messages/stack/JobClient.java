package io.heliograph.benchmarks.messages.stack;

import io.heliograph.localstack.process.Processes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Imports, exports and downloads of one user, over HTTP. */
public final class JobClient {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** The precision of the measured end of a job. */
    private static final int POLL_MILLIS = 20;

    private static final String BOUNDARY = "a-boundary";
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\":\\d");
    private static final Pattern MESSAGES = Pattern.compile("\"messages\":(\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final InetSocketAddress server;
    private final Person person;

    public JobClient(InetSocketAddress server, Person person) {
        this.server = server;
        this.person = person;
    }

    /**
     * Times in seconds from the request: when the job was accepted, when its total was known (an import knows it after
     * it has read its files), and when it ended. {@code messages} is the number of messages of its result.
     */
    public record Job(double accepted, double totalled, double ended, long messages, String path) {}

    /** Imports files into a room by one request. */
    public Job imports(UUID room, List<Path> files) {
        long start = System.nanoTime();
        List<BodyPublisher> parts = new ArrayList<>();
        try {
            for (Path file : files) {
                parts.add(BodyPublishers.ofString("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.getFileName()
                        + "\"\r\n\r\n"));
                parts.add(BodyPublishers.ofFile(file));
                parts.add(BodyPublishers.ofString("\r\n"));
            }
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
        parts.add(BodyPublishers.ofString("--" + BOUNDARY + "--\r\n"));
        HttpRequest.Builder request = request("/api/rooms/" + room + "/imports")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.concat(parts.toArray(BodyPublisher[]::new)));
        return await(start, request);
    }

    /** Exports a room. */
    public Job exports(UUID room) {
        return await(
                System.nanoTime(), request("/api/rooms/" + room + "/exports").POST(BodyPublishers.noBody()));
    }

    /** Downloads the file of an export at full speed and returns its size in bytes. */
    public long download(Job export) {
        HttpResponse<Long> file = send(request(export.path() + "/file"), answer -> {
            long[] bytes = new long[1];
            return HttpResponse.BodySubscribers.mapping(
                    HttpResponse.BodySubscribers.ofByteArrayConsumer(
                            part -> bytes[0] += part.map(each -> each.length).orElse(0)),
                    done -> bytes[0]);
        });
        return file.body();
    }

    private Job await(long start, HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        double accepted = seconds(start);
        double totalled = 0;
        String path = answer.headers().firstValue("Location").orElseThrow();
        while (true) {
            String job = send(request(path), BodyHandlers.ofString()).body();
            String state = first(STATE, job);
            if (totalled == 0 && TOTAL.matcher(job).find()) {
                totalled = seconds(start);
            }
            if (state.equals("succeeded")) {
                Matcher messages = MESSAGES.matcher(job);
                long sum = 0;
                while (messages.find()) {
                    sum += Long.parseLong(messages.group(1));
                }
                return new Job(accepted, totalled, seconds(start), sum, path);
            } else if (!state.equals("queued") && !state.equals("running")) {
                throw new IllegalStateException("the job failed: " + job);
            }
            Processes.pause(POLL_MILLIS);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + server.getHostString() + ":" + server.getPort())
                        .resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + person.token());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            HttpResponse<T> answer = http.send(request.build(), body);
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        answer.request().uri() + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text);
        }
        return matcher.group(1);
    }
}
