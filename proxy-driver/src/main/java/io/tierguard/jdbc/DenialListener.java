package io.tierguard.jdbc;

/**
 * Hears of every denial of this process, after it is in the audit log and before the application gets its exception.
 *
 * <p>One that is registered with {@link java.util.ServiceLoader} hears of all of them, one that is added to {@link
 * DenialListeners} of those while it is. It is called by the thread that was denied; what it throws is logged and goes no
 * further.
 */
@FunctionalInterface
public interface DenialListener {

    /** Something was denied. */
    void denied(DenialException denial);
}
