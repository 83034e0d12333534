package io.tierguard.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs under a component, and changes nothing that the component may not change: it fails if anything was denied
 * while it ran, also where the application caught the exception.
 *
 * <p>A parameter of type {@link ComponentGuard} puts the guard around the test's data source. A test whose data source has
 * a {@code jdbc:tierguard:} URL needs none; then URL and settings say component and policy.
 *
 * <p>What is denied in other threads counts too, so tests under a component do not run in parallel in one process.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ComponentExtension.class)
public @interface UnderComponent {

    /** The component's name in the policy. */
    String value();

    /**
     * The policy: a path, or {@code classpath:} and the name of a resource; where it is not said, the configuration
     * parameter {@code tierguard.policy} of the test run, then the driver's own settings.
     */
    String policy() default "";
}
