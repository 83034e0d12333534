package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    private final BoundedCache<String, Integer> cache = new BoundedCache<>(100, (key, value) -> value);

    @Test
    void givesWhatWasPutIn() {
        cache.put("a", 1);
        assertThat(cache.get("a")).isEqualTo(1);
        assertThat(cache.get("b")).isNull();
    }

    @Test
    void neverHoldsMoreThanTwoGenerations() {
        for (int number = 0; number < 10_000; number++) {
            cache.put("key " + number, 10);
        }
        assertThat(cache.size()).isLessThanOrEqualTo(22);
    }

    @Test
    void keepsWhatIsAskedForAgain() {
        cache.put("kept", 1);
        for (int number = 0; number < 1000; number++) {
            cache.put("key " + number, 10);
            assertThat(cache.get("kept")).isEqualTo(1);
        }
    }

    @Test
    void doesNotKeepWhatIsTooHeavy() {
        cache.put("heavy", 13);
        assertThat(cache.get("heavy")).isNull();
    }

    @Test
    void replacesWhatItHolds() {
        cache.put("a", 1);
        cache.replace("a", 2);
        cache.replace("b", 2);
        assertThat(cache.get("a")).isEqualTo(2);
        assertThat(cache.get("b")).isNull();
    }
}
