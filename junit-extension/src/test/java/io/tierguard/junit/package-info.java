@NullMarked
package io.tierguard.junit;

import org.jspecify.annotations.NullMarked;
