package io.heliograph.user.signin.password;

import io.heliograph.rest.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/**
 * Creates and checks password hashes on threads of its own, never on an event loop. Running and waiting hashes are
 * bounded by threads and queue; beyond that a caller is rejected at once with {@code overloaded}, and beyond the quota
 * of one account or address with {@code too_many_at_once}. The depth and times of the pool are the meters {@code
 * worker_pool_*} of {@code pool_name="passwords"}.
 */
@Singleton
public class PasswordHasher {

    /** The time in which a full queue is processed. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** Blocks of a KiB that a hash needs beside its memory. */
    private static final int SCRATCH = 4;

    private final PasswordConfig config;
    private final WorkerExecutor threads;
    private final int admitted;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrencyLimit<UUID> accounts;
    private final ConcurrencyLimit<String> networks;
    private final SecureRandom random = new SecureRandom();
    /**
     * One per thread, kept for its next hash. As garbage, at some 20 MB a hash, it would be copied in pauses of the
     * collector, which delay all requests.
     */
    private final ThreadLocal<BlockPool> memory;
    /** A random hash that no password has; checked in place of the hash of an unknown user. */
    private final Argon2 nobodys;

    PasswordHasher(Vertx vertx, PasswordConfig config) {
        int size = config.threads().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        this.config = config;
        this.threads = vertx.createSharedWorkerExecutor("passwords", size);
        this.admitted = size + config.maxWaiting();
        this.accounts = new ConcurrencyLimit<>(config.perAccount());
        this.networks = new ConcurrencyLimit<>(config.perAddress());
        this.memory = ThreadLocal.withInitial(() -> new FixedBlockPool(config.memoryKib() + SCRATCH));
        this.nobodys = atPresentCost(randomBytes(Argon2.HASH));
    }

    /** The hash of a new password, in PHC form. Fails with {@code too_many_at_once} beyond this share. */
    public Uni<String> hash(HashQuota share, String password) {
        return onThreads(share, () -> atPresentCost(new byte[Argon2.HASH])
                .hash(PasswordNormalizer.of(password), memory.get())
                .phc());
    }

    /**
     * Whether the password has this hash, in PHC form; for null false, after the same work. Fails with
     * {@code too_many_at_once} beyond this share.
     */
    public Uni<Boolean> matches(HashQuota share, String password, String phc) {
        return onThreads(share, () -> {
            Argon2 hash = phc == null ? nobodys : Argon2.parse(phc);
            String normalised = PasswordNormalizer.of(password);
            return hash.matches(normalised, memory.get())
                    // A hash from before passwords were normalised.
                    || (!normalised.equals(password) && hash.matches(password, memory.get()));
        });
    }

    /** Whether a new hash would cost as much as this one. */
    public boolean isAtPresentCost(String phc) {
        Argon2 hash = Argon2.parse(phc);
        return hash.memoryKib() == config.memoryKib()
                && hash.iterations() == config.iterations()
                && hash.parallelism() == config.parallelism();
    }

    private <T> Uni<T> onThreads(HashQuota share, Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (!config.enabled()) {
                return Uni.createFrom()
                        .failure(ProblemException.of(
                                Status.FORBIDDEN, "passwords_disabled", "Accounts here have no passwords."));
            }
            if (!tryAcquire(share)) {
                return Uni.createFrom()
                        .failure(ProblemException.tooManyRequests(
                                "too_many_at_once",
                                "As many requests of this kind are under way as one may have.",
                                RETRY_AFTER));
            }
            if (underWay.incrementAndGet() > admitted) {
                underWay.decrementAndGet();
                release(share);
                return Uni.createFrom()
                        .failure(ProblemException.unavailable(
                                "overloaded", "Too many sign-ins at the moment.", RETRY_AFTER));
            }
            return Uni.createFrom().completionStage(() -> threads.executeBlocking(work, false)
                    .onComplete(done -> {
                        underWay.decrementAndGet();
                        release(share);
                    })
                    .toCompletionStage());
        });
    }

    private boolean tryAcquire(HashQuota share) {
        if (!accounts.tryAcquire(share.account())) {
            return false;
        }
        if (!networks.tryAcquire(share.network())) {
            accounts.release(share.account());
            return false;
        }
        return true;
    }

    private void release(HashQuota share) {
        accounts.release(share.account());
        networks.release(share.network());
    }

    private Argon2 atPresentCost(byte[] hash) {
        return new Argon2(
                config.memoryKib(), config.iterations(), config.parallelism(), randomBytes(Argon2.SALT), hash);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
