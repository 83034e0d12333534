package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a text could do to which table.
 *
 * <p>Total: it never throws, and its time and memory are bounded by the text's length. Safe to share between threads.
 */
public final class SqlAnalyzer {

    private final LexicalModes modes;
    private final StatementReader reader;

    /** An analyzer of code and definitions, which are cut in the given way, and which may run in a session that cuts in another. */
    public SqlAnalyzer(LexicalModes modes) {
        this(modes, Optional.empty());
    }

    private SqlAnalyzer(LexicalModes modes, Optional<LexicalModes> ofSession) {
        this.modes = modes;
        this.reader = new StatementReader(modes.dialect(), ofSession);
    }

    /** An analyzer of texts that run at once in a session that cuts in the given way. */
    public static SqlAnalyzer ofSession(LexicalModes modes) {
        return new SqlAnalyzer(modes, Optional.of(modes));
    }

    /** Everything the text could do, statement by statement. */
    public AnalyzedText analyze(String sql, Placeholders placeholders) {
        return read(cut(sql, placeholders));
    }

    /** The text cut into tokens, so that {@link #read} need not be asked where its shape is known. */
    public CutText cut(String sql, Placeholders placeholders) {
        try {
            if (modes.dialect() == Dialect.H2 && sql.contains(H2Tokenizer.SHARP_S)) {
                CutText kept = cut(sql, H2Tokenizer.SharpS.KEPT);
                return kept.names(H2Tokenizer.SHARP_S) ? kept.or(cut(sql, H2Tokenizer.SharpS.DOUBLED)) : kept;
            }
            return cut(sql, Tokenizer.of(modes, placeholders, sql));
        } catch (UnreadableTextException notCut) {
            return CutText.unreadable(sql, notCut.problemIn(sql));
        } catch (RuntimeException | StackOverflowError unforeseen) {
            return CutText.unreadable(sql, fault(unforeseen));
        }
    }

    private CutText cut(String sql, H2Tokenizer.SharpS sharpS) {
        return cut(sql, new H2Tokenizer(sql, modes.squareBracketNames(), sharpS));
    }

    private static CutText cut(String sql, Tokenizer tokenizer) {
        return CutText.of(sql, tokenizer.tokenize(), tokenizer.reads());
    }

    /** Everything that a text of this analyzer's cut could do, statement by statement. */
    public AnalyzedText read(CutText text) {
        if (text.problem().isPresent()) {
            return unreadable(text.problem().get());
        }
        try {
            AnalyzedText read = readStatements(text);
            Optional<CutText> otherwise = text.otherwise();
            return otherwise.isEmpty() ? read : EitherReading.of(read, readStatements(otherwise.get()));
        } catch (UnreadableTextException notRead) {
            return unreadable(notRead.problemIn(text.sql()));
        } catch (RuntimeException | StackOverflowError unforeseen) {
            return unreadable(fault(unforeseen));
        }
    }

    private static Problem fault(Throwable unforeseen) {
        String what = unforeseen.getClass().getSimpleName();
        return Problem.ofWholeText("the reading failed with " + what, "report this as a fault");
    }

    /**
     * What each statement of a body of code could do at most, by its words alone, so that what one reads does not count as what
     * another writes; the one unreadable where any runs text that it makes itself, calls other code, or changes more than rows.
     */
    public List<StatementEffects> boundsOfCode(String body) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            Problem problem = Problem.ofWholeText("code is read by its words alone", "");
            if (tokens.stream().anyMatch(WritingWords::hidesOrRebuilds) || SessionWords.begin(tokens)) {
                return List.of(new StatementEffects.Unreadable("CODE", problem));
            }
            return apart(WritingWords.withoutControl(tokens)).stream()
                    .map(part -> TokenBound.of(modes.dialect(), part, "CODE", problem))
                    .toList();
        } catch (UnreadableTextException notCut) {
            return List.of(new StatementEffects.Unreadable("CODE", notCut.problemIn(body)));
        }
    }

    /**
     * Everything that a body of code in a procedural language could do, each of its statements and expressions read by
     * itself; the statements hold one that is unreadable where it runs text that it makes itself.
     */
    public AnalyzedText analyzeProcedure(String body) {
        ProcedureText code = ProcedureText.read(modes, reader, body, false);
        return code.problem().isPresent()
                ? unreadable(code.problem().get())
                : new AnalyzedText(
                        CodeStep.effectsOf(code.steps()),
                        "",
                        false,
                        Collections.nCopies(code.steps().size(), code.mentions()),
                        false);
    }

    /** The same, put together; of code of which nobody can tell what it does, with the statement that is why. */
    public CodeEffects procedure(String body) {
        return procedure(body, false);
    }

    /**
     * The same of a body of which it is known whether it stands here as it was written.
     *
     * @param isExact whether it certainly does; else it is what a catalog tells
     */
    public CodeEffects procedure(String body, boolean isExact) {
        return ProcedureText.read(modes, reader, body, isExact).together(modes.dialect());
    }

    /** Why a call of a routine of PostgreSQL with this body is not read as its statements; empty where it is. */
    String obstacleToCall(String body) {
        return DoStatements.obstacleToCall(reader, body);
    }

    /** What a call of a routine comes to whose body does more than to change rows; empty where that cannot be read. */
    public Optional<CalledCode> calledCode(RoutineCall routine, String body) {
        return calledCode(routine, body, false);
    }

    /**
     * The same of a body of which it is known whether it stands here as it was written.
     *
     * @param isExact whether it certainly does; else it is what a catalog tells
     */
    public Optional<CalledCode> calledCode(RoutineCall routine, String body, boolean isExact) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            if (!isExact && !MySqlKeptCode.isCertain(modes.dialect(), body, tokens)) {
                return Optional.empty();
            }
            // On PostgreSQL a name in the body without a schema stays one.
            HomeNames names = new HomeNames(modes.dialect().isOfMySqlFamily() ? routine.schema() : "");
            return calledCode(routine, body, tokens)
                    .map(all -> new CalledCode(routine, names.placed(all.statement()), names.placed(all.mentions())));
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError unforeseen) {
            return Optional.empty();
        }
    }

    private Optional<CalledCode> calledCode(RoutineCall routine, String body, List<Token> tokens) {
        return switch (modes.dialect()) {
            case POSTGRESQL ->
                DoStatements.called(reader, body)
                        .map(all -> new CalledCode(routine, all, Mentions.in(ExecutedTexts.inside(tokens))));
            case MYSQL, MARIADB ->
                modes.server().hasOracleCode()
                        ? Optional.empty()
                        : MySqlProcedureCode.called(reader, routine, body, tokens);
            case H2, SQLITE, ANSI, ORACLE, SQLSERVER -> Optional.empty();
        };
    }

    /**
     * The columns of the row at hand that the body of a trigger sets, folded; empty where it may be any.
     *
     * @param isExact whether the body stands here as it was written for certain; else it is what a catalog tells
     */
    public Optional<Set<String>> columnsSetIn(String body, boolean isExact) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            return isExact || MySqlKeptCode.isCertain(modes.dialect(), body, tokens)
                    ? NewRowColumns.in(tokens)
                    : Optional.empty();
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
    }

    /** Whether code that a catalog of MySQL or MariaDB tells is certainly cut as the server cut what was written. */
    public boolean isKeptAsWritten(String body) {
        try {
            return MySqlKeptCode.isCertain(
                    modes.dialect(),
                    body,
                    Tokenizer.of(modes, Placeholders.NONE, body).tokenize());
        } catch (UnreadableTextException notCut) {
            return false;
        }
    }

    /**
     * Whether a piece of code that MySQL's catalog tells may be a part of what was written, which reads as a whole: it tells code up to
     * the first NUL that a string of it holds. A block that is cut off ends without its END.
     */
    public boolean mayBeCutOff(String body) {
        try {
            return MySqlKeptCode.mayBeCutOff(
                    modes.dialect(),
                    Tokenizer.of(modes, Placeholders.NONE, body).tokenize());
        } catch (UnreadableTextException notCut) {
            return false;
        }
    }

    /** Whether a text can be cut to its end. */
    public boolean isWhole(String text) {
        try {
            Tokenizer.of(modes, Placeholders.NONE, text).tokenize();
            return true;
        } catch (UnreadableTextException notCut) {
            return false;
        }
    }

    /**
     * The body of the code that a statement of MySQL or MariaDB defines, as it stands in it; empty where the catalog would tell
     * another than it does.
     *
     * @param told what the catalog tells
     */
    public Optional<String> bodyWritten(String definition, String told) {
        try {
            List<Token> tokens =
                    Tokenizer.of(modes, Placeholders.NONE, definition).tokenize();
            return MySqlDefinedCode.bodyIn(reader, definition, tokens)
                    .filter(body -> MySqlKeptCode.isToldAs(
                            modes.dialect(),
                            body,
                            Tokenizer.of(modes, Placeholders.NONE, body).tokenize(),
                            told));
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
    }

    /** What a text names; nothing of a text that cannot be cut. */
    public Optional<Mentions> mentionsIn(String text) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, text).tokenize();
            return Optional.of(
                    Mentions.in(modes.dialect() == Dialect.POSTGRESQL ? ExecutedTexts.inside(tokens) : tokens));
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
    }

    /** The sequences that an expression takes numbers from; none of one that cannot be cut. */
    public List<TableName> sequencesIn(String expression) {
        try {
            return SequenceUses.in(
                    Tokenizer.of(modes, Placeholders.NONE, expression).tokenize());
        } catch (UnreadableTextException notCut) {
            return List.of();
        }
    }

    /**
     * Which column of what it reads each column of a simple query is, by their names in their order, which where there are none
     * are those that the query gives; nothing of others.
     */
    public Map<String, String> columnsIn(String query, List<String> names) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, query).tokenize();
            return SelectedColumns.in(tokens, names).orElse(Map.of());
        } catch (UnreadableTextException notCut) {
            return Map.of();
        }
    }

    /** Whether a call that no routine of a user's own can take is known to change nothing. */
    public boolean isHarmless(RoutineCall call) {
        return HarmlessRoutines.isHarmless(modes.dialect(), call);
    }

    /** Whether a name that a parenthesis follows is a word of the language or a type. */
    public boolean isWordOrType(RoutineCall call) {
        return call.schema().isEmpty() && CalledRoutines.isWordOrType(call.name());
    }

    private static List<List<Token>> apart(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= tokens.size(); at++) {
            if (at == tokens.size() || tokens.get(at).isSymbol(";")) {
                parts.add(tokens.subList(start, at));
                start = at + 1;
            }
        }
        return parts;
    }

    private AnalyzedText readStatements(CutText text) {
        String sql = text.sql();
        List<Token> plain = JdbcEscapes.rewrite(sql, text.tokens(), modes.dialect());
        List<StatementEffects> statements = new ArrayList<>();
        List<Mentions> mentions = new ArrayList<>();
        MySqlRest rest = new MySqlRest(modes, text);
        boolean isExact = true;
        boolean isCut = true;
        List<List<Token>> split = StatementSplitter.split(modes.dialect(), plain);
        int left = split.size();
        for (List<Token> statement : split) {
            left--;
            List<CodeStep> definitions =
                    modes.dialect() == Dialect.POSTGRESQL ? DoStatements.definitions(reader, statement) : List.of();
            if (!definitions.isEmpty()) {
                definitions.stream().map(CodeStep::effects).forEach(statements::add);
                mentions.addAll(DoStatements.mentions(reader, statement, definitions));
                isExact = false;
                continue;
            }
            StatementEffects effects = isCut ? reader.read(sql, statement) : behindMode(sql, statement);
            // The others tell of places in the text, which constants move.
            isExact &= effects instanceof StatementEffects.Understood understood
                    && understood.codeObstacle().isEmpty();
            statements.add(effects);
            isCut = isCut && left > 0 && !changesCut(statement, effects, rest);
            mentions.add(
                    Mentions.isControl(modes.dialect(), statement) ? Mentions.NONE : Mentions.of(inside(statement)));
        }
        String masked = MaskedText.of(sql, text.tokens());
        boolean restsOnBackslashes = restsOnBackslashes(sql);
        return new AnalyzedText(
                statements,
                masked,
                isExact && !text.restsOnConstants() && !restsOnBackslashes,
                mentions,
                restsOnBackslashes);
    }

    /** Whether there is a backslash in it, or in a string that may write one without it, which may be code that a block runs. */
    private boolean restsOnBackslashes(String sql) {
        boolean mayWriteOthers = modes.dialect() == Dialect.POSTGRESQL && (sql.contains("U&'") || sql.contains("u&'"));
        return mayWriteOthers || sql.indexOf('\\') >= 0;
    }

    /** The tokens of a statement, or of the text that it runs. */
    private List<Token> inside(List<Token> statement) {
        return switch (modes.dialect()) {
            case H2 -> H2TextStatements.inside(statement);
            case POSTGRESQL -> DoStatements.inside(reader, statement);
            case MYSQL, MARIADB -> MySqlPreparedStatements.inside(modes.dialect(), statement);
            case SQLITE, ANSI, ORACLE, SQLSERVER -> statement;
        };
    }

    /** Whether the server may cut the rest of the text otherwise, where it cuts no statement before the one in front has run. */
    private boolean changesCut(List<Token> statement, StatementEffects effects, MySqlRest rest) {
        return switch (modes.dialect()) {
            case POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
            case H2 -> H2SetStatements.changeMode(statement);
            case MYSQL, MARIADB -> !rest.isCutAlikeBehind(statement, effects);
        };
    }

    private static StatementEffects behindMode(String sql, List<Token> statement) {
        StatementTokens tokens = new StatementTokens(sql, statement);
        return Readings.unreadable(
                QueryReader.firstWord(statement),
                tokens,
                "a statement behind one that may change how text is cut",
                "run it by itself");
    }

    private static AnalyzedText unreadable(Problem problem) {
        return new AnalyzedText(List.of(new StatementEffects.Unreadable("text", problem)), MaskedText.OF_UNREADABLE);
    }
}
