package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.messages.member.Subscriber;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A replica of message-service on PostgreSQL and Redis. */
final class Heliograph implements RoomServer {

    private final MessageStack stack;

    Heliograph(Jdk jdk, List<String> jvm, Placement placement) {
        stack = new MessageStack(jdk, jvm, placement.server(), Map.of());
        stack.pinTheRest(placement.rest());
    }

    @Override
    public WebSocket.Endpoint endpoint() {
        return WebSocket.Endpoint.heliograph(stack.replica().address());
    }

    @Override
    public List<Room> rooms(int count, int size) {
        return Stream.generate(() -> room(size)).limit(count).toList();
    }

    @Override
    public CpuTime cpuTime() {
        return new CpuTime(
                stack.replica().usage().cpuSeconds(),
                stack.postgresUsage().cpuSeconds() + stack.redisUsage().cpuSeconds());
    }

    @Override
    public long residentBytes() {
        return stack.replica().usage().residentBytes();
    }

    @Override
    public void close() {
        stack.close();
    }

    /** A room whose members have tokens that the service has not seen before. */
    private Room room(int size) {
        List<Person> people = stack.people(size);
        UUID id = stack.room(people);
        List<Person> members = stack.withFreshTokens(people);
        return (index, listener) -> new Subscriber(new Subscriber.Subscription(members.get(index), id, null), listener);
    }
}
