package io.tierguard.sql;

import java.util.Optional;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.Statement;

/** Asks JSqlParser for the structure of a canonical text, without its executor, recovery or dialect guesses. */
final class StructureParser {

    /** Beyond this many tokens a tree costs more stack and time than it is worth. */
    static final int MAX_TOKENS = 5_000;

    private StructureParser() {}

    /** The statement's tree; empty when JSqlParser does not know the form or reads less than the whole text. */
    static Optional<Statement> parse(CanonicalText canonical) {
        if (canonical.size() > MAX_TOKENS) {
            return Optional.empty();
        }
        try {
            CCJSqlParser parser = new CCJSqlParser(new StringProvider(canonical.text()));
            Statement statement = parser.withAllowComplexParsing(true).Statement();
            boolean whole = parser.getToken(1).kind == CCJSqlParserConstants.EOF;
            return whole ? Optional.ofNullable(statement) : Optional.empty();
        } catch (ParseException | RuntimeException | StackOverflowError | LinkageError notParsed) {
            return Optional.empty();
        }
    }
}
