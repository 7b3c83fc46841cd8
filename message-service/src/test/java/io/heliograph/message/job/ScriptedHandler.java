package io.heliograph.message.job;

import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** A kind of job whose attempts run a script of the test, and record their results. */
@Singleton
class ScriptedHandler implements JobHandler {

    static final String KIND = "scripted";

    interface Script {
        JsonObject run(JobExecution execution) throws Exception;
    }

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonObject run(JobExecution execution) throws Exception {
        return scripts.get(execution.params().getString("script")).run(execution);
    }

    /** The params of a job that runs this script. */
    JsonObject params(Script script) {
        String name = UUID.randomUUID().toString();
        scripts.put(name, script);
        return JsonObject.of("script", name);
    }

    /** A script that waits until there is a permit. */
    static Script waitingFor(Semaphore permits) {
        return execution -> {
            permits.acquire();
            return JsonObject.of("permitted", true);
        };
    }
}
