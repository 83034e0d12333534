/** Source text, places in it, and the diagnostics that speak of them; knows nothing of the language. */
@NullMarked
package io.tierguard.policy.source;

import org.jspecify.annotations.NullMarked;
