package io.tierguard.jdbc;

import org.jspecify.annotations.Nullable;

/** Arrays of values that may have to be exchanged one by one. */
final class ObjectArrays {
    private ObjectArrays() {}

    /** What becomes of one element. */
    interface Exchange<X extends Exception> {
        @Nullable
        Object of(@Nullable Object element) throws X;
    }

    /** The same array if no element changes, else a copy, of a wider type where the elements need one. */
    static <X extends Exception> Object[] map(Object[] elements, Exchange<X> exchange) throws X {
        Object[] changed = elements;
        for (int i = 0; i < elements.length; i++) {
            Object element = exchange.of(elements[i]);
            if (element == elements[i]) {
                continue;
            }
            if (changed == elements) {
                changed = elements.clone();
            }
            if (!changed.getClass().getComponentType().isInstance(element)) {
                Object[] wider = new Object[changed.length];
                System.arraycopy(changed, 0, wider, 0, changed.length);
                changed = wider;
            }
            changed[i] = element;
        }
        return changed;
    }
}
