package io.heliograph.localstack;

import io.heliograph.localstack.stack.Ports;
import io.heliograph.localstack.stack.Service;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a person asked for on the command line. */
record Options(
        boolean help,
        boolean fresh,
        Optional<Path> data,
        Set<Service> services,
        Map<Service, Integer> replicas,
        Map<String, Integer> ports) {

    /** More of one service than this prove nothing on one machine. */
    private static final int MOST_REPLICAS = 8;

    private static final String STORES = "stores";

    static final String USAGE = """
            Usage: ./run [OPTION]...
            Builds what is missing and runs Heliograph with its own PostgreSQL and Redis until Ctrl-C.

              --fresh               forget what earlier runs stored
              --only NAME[,NAME]... start the stores and these services alone; NAME is stores or one of the services.
                                    The others are for quarkus:dev, see CONTRIBUTING.md
              --replicas NAME=N     run N (1 to %d) of a service; NAME is one of %s
              --port NAME=PORT      use another port; NAME is one of
                                    %s
              --data DIR            keep data in DIR instead of .heliograph
              --help                show this

            QUARKUS_DATASOURCE_REACTIVE_URL (with QUARKUS_DATASOURCE_USERNAME and _PASSWORD) and QUARKUS_REDIS_HOSTS
            name a PostgreSQL and a Redis to use instead of the embedded ones.
            """.formatted(MOST_REPLICAS, Service.names(), Ports.names());

    /** The command line makes no sense; the message says why. */
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... arguments) throws UsageException {
        boolean help = false;
        boolean fresh = false;
        Optional<Path> data = Optional.empty();
        Set<Service> services = EnumSet.allOf(Service.class);
        Map<Service, Integer> replicas = new EnumMap<>(Service.class);
        Map<String, Integer> ports = new HashMap<>();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--fresh" -> fresh = true;
                case "--data" -> data = Optional.of(Path.of(value(option, rest)));
                case "--only" -> services.retainAll(services(value(option, rest)));
                case "--replicas" -> addReplicas(assignment(option, rest), replicas);
                case "--port" -> addPort(assignment(option, rest), ports);
                default -> throw new UsageException("unknown option " + option);
            }
        }
        return new Options(help, fresh, data, services, replicas, ports);
    }

    private record Assignment(String option, String name, int number) {

        Assignment within(int least, int most) throws UsageException {
            if (number < least || number > most) {
                throw new UsageException("%s %s is %d to %d".formatted(option, name, least, most));
            }
            return this;
        }
    }

    private static Set<Service> services(String names) throws UsageException {
        Set<Service> services = EnumSet.noneOf(Service.class);
        for (String name : names.split(",", -1)) {
            if (!name.equals(STORES)) {
                services.add(service(name));
            }
        }
        return services;
    }

    private static Service service(String name) throws UsageException {
        return Service.named(name)
                .orElseThrow(
                        () -> new UsageException("no service is called " + name + "; there are " + Service.names()));
    }

    private static void addReplicas(Assignment wish, Map<Service, Integer> replicas) throws UsageException {
        replicas.put(service(wish.name()), wish.within(1, MOST_REPLICAS).number());
    }

    private static void addPort(Assignment wish, Map<String, Integer> ports) throws UsageException {
        if (!Ports.knows(wish.name())) {
            throw new UsageException("no port is called " + wish.name() + "; there are " + Ports.names());
        }
        ports.put(wish.name(), wish.within(1, 65_535).number());
    }

    private static Assignment assignment(String option, Deque<String> rest) throws UsageException {
        String value = value(option, rest);
        int equals = value.indexOf('=');
        if (equals < 1) {
            throw new UsageException(option + " wants NAME=NUMBER, not " + value);
        }
        try {
            return new Assignment(option, value.substring(0, equals), Integer.parseInt(value.substring(equals + 1)));
        } catch (NumberFormatException e) {
            throw new UsageException(option + " wants a number after the =, not " + value);
        }
    }

    private static String value(String option, Deque<String> rest) throws UsageException {
        if (rest.isEmpty()) {
            throw new UsageException(option + " wants a value");
        }
        return rest.removeFirst();
    }
}
