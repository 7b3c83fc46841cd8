package io.heliograph.benchmarks.peers.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application of application.yaml with the security of {@link Access}. */
@SpringBootApplication
public class Gateway {

    public static void main(String[] arguments) {
        SpringApplication.run(Gateway.class, arguments);
    }
}
