/** Real databases, real clients, hostile SQL. */
@NullMarked
package io.tierguard.integration;

import org.jspecify.annotations.NullMarked;
