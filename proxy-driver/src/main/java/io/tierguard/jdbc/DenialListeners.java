package io.tierguard.jdbc;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear of this process's denials; safe for use by many threads. */
public final class DenialListeners {
    private static final Logger LOG = LoggerFactory.getLogger(DenialListeners.class);
    private static final List<DenialListener> LISTENERS = new CopyOnWriteArrayList<>(registered());

    private DenialListeners() {}

    /** Lets a listener hear of every denial from now on. */
    public static void add(DenialListener listener) {
        LISTENERS.add(listener);
    }

    /** Ends that; a listener that was added twice goes on hearing once. */
    public static void remove(DenialListener listener) {
        LISTENERS.remove(listener);
    }

    /** Tells all listeners; a listener that fails changes nothing for the application or for other listeners. */
    static void tell(DenialException denial) {
        for (DenialListener listener : LISTENERS) {
            try {
                listener.denied(denial);
            } catch (RuntimeException failure) {
                LOG.warn("a listener of denials has failed", failure);
            }
        }
    }

    /** A listener that cannot be made is no reason to run without the guard. */
    private static List<DenialListener> registered() {
        List<DenialListener> listeners = new CopyOnWriteArrayList<>();
        try {
            ServiceLoader.load(DenialListener.class, DenialListeners.class.getClassLoader())
                    .forEach(listeners::add);
        } catch (ServiceConfigurationError broken) {
            LOG.warn("a listener of denials cannot be made", broken);
        }
        return listeners;
    }
}
