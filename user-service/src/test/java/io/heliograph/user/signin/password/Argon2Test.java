package io.heliograph.user.signin.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2Test {

    /** Of the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final Memory memory = new Memory(new FixedBlockPool(70_000), new HashSet<>());

    @Test
    void shouldAgreeWithTheReferenceImplementation() {
        assertTrue(Argon2.parse(REFERENCE).matches("password", memory));
        assertFalse(Argon2.parse(REFERENCE).matches("Password", memory));
    }

    @Test
    void shouldReuseItsMemory() {
        Argon2.parse(REFERENCE).hash("password", memory);
        Set<Block> used = Set.copyOf(memory.used());

        assertTrue(Argon2.parse(REFERENCE).matches("password", memory));

        assertEquals(used, memory.used());
    }

    @Test
    void shouldFormatAParsedHash() {
        assertEquals(REFERENCE, Argon2.parse(REFERENCE).phc());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            })
    void shouldRejectOtherHashes(String text) {
        assertThrows(IllegalArgumentException.class, () -> Argon2.parse(text));
    }

    /** Remembers which blocks it gave. */
    private record Memory(BlockPool pool, Set<Block> used) implements BlockPool {

        @Override
        public Block allocate() {
            Block block = pool.allocate();
            used.add(block);
            return block;
        }

        @Override
        public void deallocate(Block block) {
            pool.deallocate(block);
        }
    }
}
