/** Database servers that the tests start themselves, with what Maven artifacts hold. */
@NullMarked
package io.tierguard.integration.server;

import org.jspecify.annotations.NullMarked;
