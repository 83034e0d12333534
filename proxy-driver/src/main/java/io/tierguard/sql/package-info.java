/**
 * Understands SQL: what a text could do to which table, and nothing of policies or connections.
 *
 * <p>A text is read twice. Our own tokenizer, one per database, cuts it exactly as that database does and is the
 * security boundary. From its tokens a plain canonical text is made, parsed by JSqlParser, and walked by an allow-list.
 * The tokens are the second witness: where the two readings disagree, the one that writes more wins.
 */
@NullMarked
package io.tierguard.sql;

import org.jspecify.annotations.NullMarked;
