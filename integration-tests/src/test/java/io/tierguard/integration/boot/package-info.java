/** A whole Spring Boot application, and what becomes of it behind the guard. */
@NullMarked
package io.tierguard.integration.boot;

import org.jspecify.annotations.NullMarked;
