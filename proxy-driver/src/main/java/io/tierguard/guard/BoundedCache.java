package io.tierguard.guard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map that forgets what has not been asked for lately and never outgrows a weight, whatever is put into it.
 *
 * <p>It keeps two generations. New entries go to the young one; when that is full it becomes the old one and what was old
 * is forgotten; an entry found in the old generation moves to the young one. A look-up that finds a young entry, which is
 * the hot path, takes no lock and allocates nothing. Safe for use by many threads.
 */
final class BoundedCache<K, V> {
    private final long generationWeight;
    private final ToLongBiFunction<K, V> weigher;
    private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();
    private long youngWeight;

    /**
     * A cache that holds at most twice {@code generationWeight}; an entry heavier than an eighth of it is not kept.
     */
    BoundedCache(long generationWeight, ToLongBiFunction<K, V> weigher) {
        this.generationWeight = generationWeight;
        this.weigher = weigher;
    }

    @Nullable
    V get(K key) {
        V value = young.get(key);
        if (value != null) {
            return value;
        }
        value = old.get(key);
        if (value != null) {
            put(key, value);
        }
        return value;
    }

    void put(K key, V value) {
        long weight = weigher.applyAsLong(key, value);
        if (weight > generationWeight / 8) {
            return;
        }
        synchronized (this) {
            if (young.putIfAbsent(key, value) != null) {
                return;
            }
            youngWeight += weight;
            if (youngWeight > generationWeight) {
                old = young;
                young = new ConcurrentHashMap<>();
                youngWeight = 0;
            }
        }
    }

    /** Puts another value in the place of one that is held; does nothing where the key is not held. */
    void replace(K key, V value) {
        young.replace(key, value);
        old.replace(key, value);
    }

    /** How many entries are held, for tests. */
    int size() {
        return young.size() + old.size();
    }
}
