package io.tierguard.junit;

import io.tierguard.policy.model.Reason;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test under a component is about denials: each of these reasons is met, and no denial has none of them.
 *
 * @see UnderComponent
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ExpectDenial {

    /** The reasons, at least one. */
    Reason[] value();
}
