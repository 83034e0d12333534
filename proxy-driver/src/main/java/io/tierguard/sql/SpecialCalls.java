package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes the functions of SQL/JSON and SQL/XML that have a grammar of their own as plain calls of a built-in that does
 * nothing, with every expression in them as an argument.
 *
 * <p>Only with words of that grammar: without any, the name may be a routine of somebody's own, and is left as it is.
 */
final class SpecialCalls {

    private static final Set<String> NAMES = Set.of(
            "json",
            "json_array",
            "json_arrayagg",
            "json_exists",
            "json_object",
            "json_objectagg",
            "json_query",
            "json_scalar",
            "json_serialize",
            "json_table",
            "json_value",
            "substring",
            "xmlattributes",
            "xmlelement",
            "xmlexists",
            "xmlforest",
            "xmlnamespaces",
            "xmlparse",
            "xmlpi",
            "xmlroot",
            "xmlserialize",
            "xmltable");

    private static final Set<String> GRAMMAR = Set.of(
            "passing",
            "returning",
            "on",
            "format",
            "with",
            "without",
            "columns",
            "document",
            "content",
            "name",
            "as",
            "value",
            "key",
            "absent",
            "indent",
            "version",
            "standalone",
            "for",
            "from",
            "similar",
            "escape",
            "keep",
            "omit",
            "default");

    private static final Set<String> BEHAVIOURS =
            Set.of("null", "absent", "error", "empty", "true", "false", "unknown");

    private final List<Token> in;
    private final boolean substring;
    private final List<Token> arguments = new ArrayList<>();
    private int position;

    private SpecialCalls(List<Token> in, boolean substring) {
        this.in = in;
        this.substring = substring;
    }

    /** Reads the call that begins here and adds what stands for it; how many tokens it has, 0 where there is none. */
    static int rewrite(List<Token> tokens, int start, List<Token> out) {
        Token name = tokens.get(start);
        boolean opens = start + 1 < tokens.size() && tokens.get(start + 1).isSymbol("(");
        if (!opens
                || !NAMES.contains(name.text())
                || (start > 0 && tokens.get(start - 1).isSymbol("."))) {
            return 0;
        }
        int close = close(tokens, start + 1);
        if (close < 0 || !hasGrammar(tokens.subList(start + 2, close))) {
            return 0;
        }
        SpecialCalls call = new SpecialCalls(tokens.subList(start + 2, close), name.is("substring"));
        if (!call.read(name.is("xmlserialize"))) {
            return 0;
        }
        out.add(new Token(Token.Kind.WORD, "array_agg", name.start(), name.end()));
        out.add(tokens.get(start + 1));
        out.addAll(PlainForms.ofPart(call.arguments));
        out.add(tokens.get(close));
        return close + 1 - start;
    }

    private static boolean hasGrammar(List<Token> inside) {
        int depth = 0;
        for (Token token : inside) {
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0
                    && (token.isSymbol(":") || (token.kind() == Token.Kind.WORD && GRAMMAR.contains(token.text())))) {
                return true;
            }
        }
        return false;
    }

    private boolean read(boolean serializes) {
        while (position < in.size()) {
            Token token = in.get(position);
            if (token.isSymbol("(")) {
                int close = close(in, position);
                if (close < 0) {
                    return false;
                }
                arguments.addAll(in.subList(position, close + 1));
                position = close + 1;
            } else if (token.isSymbol(":") || token.isSymbol(",")) {
                separate(token);
                position++;
            } else if (token.is("columns")) {
                return columns() && closed();
            } else if (serializes && token.is("as")) {
                return isType(in.subList(position + 1, in.size())) && closed();
            } else {
                int words = token.kind() == Token.Kind.WORD ? words(token) : 0;
                if (words == 0) {
                    arguments.add(token);
                }
                position += Math.max(1, words);
            }
        }
        return closed();
    }

    /** How many words of the grammar stand here; 0 for a part of an expression. */
    private int words(Token token) {
        boolean first = arguments.isEmpty() || last().isSymbol(",");
        return switch (token.text()) {
            case "passing" -> {
                separate(token);
                yield at(1).is("by") ? 3 : 1;
            }
            case "by" -> at(1).is("ref") || (at(1).is("value") && !at(2).isSymbol("(")) ? 2 : 0;
            case "value" -> separated(!first);
            case "default" -> separated(true);
            case "for", "from", "similar", "escape" -> substring ? separated(true) : 0;
            case "key" -> first && !at(1).isSymbol(":") && !at(1).is("value") ? 1 : 0;
            case "document", "content" -> first && startsOperand(at(1)) ? 1 : 0;
            case "name" -> first && at(1).isIdentifier() ? 2 : 0;
            case "version" -> at(1).is("no") ? 3 : at(1).isValue() ? 1 : 0;
            case "standalone" -> at(1).is("no") && at(2).is("value") ? 3 : 2;
            case "as" -> at(1).isIdentifier() ? 2 : 0;
            case "format" -> at(1).is("json") ? (at(2).is("encoding") ? 4 : 2) : 0;
            case "with", "without" -> wrapper();
            case "keep", "omit" -> at(1).is("quotes") ? (at(2).is("on") ? 5 : 2) : 0;
            case "null", "absent", "error", "empty", "true", "false", "unknown" -> behaviour();
            case "on" -> BEHAVIOURS.contains(at(1).text()) ? 2 : 0;
            case "returning" -> 1 + type(position + 1);
            default -> 0;
        };
    }

    private int separated(boolean isHere) {
        if (isHere) {
            separate(in.get(position));
        }
        return isHere ? 1 : 0;
    }

    private int wrapper() {
        int i = at(1).is("conditional") || at(1).is("unconditional") ? 2 : 1;
        i += at(i).is("array") ? 1 : 0;
        if (at(i).is("wrapper")) {
            return i + 1;
        }
        return at(1).is("unique") ? (at(2).is("keys") ? 3 : 2) : 0;
    }

    private int behaviour() {
        int i = at(1).is("array") || at(1).is("object") ? 2 : 1;
        return at(i).is("on") && BEHAVIOURS.contains(at(i + 1).text()) ? i + 2 : 0;
    }

    /** How many tokens a type has that is named from a place on. */
    private int type(int start) {
        int end = start;
        boolean more = true;
        while (more && end < in.size()) {
            Token token = in.get(end);
            boolean name = token.isIdentifier()
                    && !(token.kind() == Token.Kind.WORD
                            && (GRAMMAR.contains(token.text()) || BEHAVIOURS.contains(token.text())));
            int close = token.isSymbol("(") && end > start ? closeOfNumbers(end) : -1;
            more = name || close > 0 || token.isSymbol(".") || token.isSymbol("[") || token.isSymbol("]");
            end = close > 0 ? close + 1 : more ? end + 1 : end;
        }
        return end - start;
    }

    private int closeOfNumbers(int open) {
        int i = open + 1;
        while (i < in.size()
                && (in.get(i).kind() == Token.Kind.NUMBER || in.get(i).isSymbol(","))) {
            i++;
        }
        return i < in.size() && in.get(i).isSymbol(")") ? i : -1;
    }

    private boolean isType(List<Token> tokens) {
        return type(in.size() - tokens.size()) == tokens.size()
                || (!tokens.isEmpty() && tokens.get(tokens.size() - 1).is("indent"));
    }

    /** Whether the columns of a table compute nothing, so that they can be left out. */
    private boolean columns() {
        for (int i = position + 1; i < in.size(); i++) {
            Token token = in.get(i);
            boolean query = token.kind() == Token.Kind.WORD && WritingWords.FIRST.contains(token.text());
            boolean group = token.isSymbol("(") && !in.get(i - 1).is("columns") && closeOfNumbers(i) < 0;
            boolean computes = OperatorForms.isOperator(token) && !token.isSymbol("-") && !token.isSymbol("+");
            if (query || group || computes) {
                return false;
            }
        }
        return true;
    }

    private boolean closed() {
        if (!arguments.isEmpty() && last().isSymbol(",")) {
            arguments.remove(arguments.size() - 1);
        }
        return true;
    }

    private void separate(Token token) {
        if (!arguments.isEmpty() && !last().isSymbol(",")) {
            arguments.add(new Token(Token.Kind.SYMBOL, ",", token.start(), token.end()));
        }
    }

    private static boolean startsOperand(Token token) {
        return token.isIdentifier() || token.isValue() || token.isSymbol("(");
    }

    private Token last() {
        return arguments.get(arguments.size() - 1);
    }

    private Token at(int distance) {
        int index = position + distance;
        return index < in.size() ? in.get(index) : new Token(Token.Kind.SYMBOL, "", 0, 0);
    }

    static int close(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
