/** The oracle: whatever the guard lets through, on live databases nothing protected is another afterwards. */
@NullMarked
package io.tierguard.integration.oracle;

import org.jspecify.annotations.NullMarked;
