package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.TableName;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.schema.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.MockMakers;
import org.mockito.Mockito;
import org.mockito.stubbing.Answer;

/** Every part that a node of an understood class can have is looked at by its rule, or ignored with a reason. */
class NodeRulesCompletenessTest {

    /** Parts that cannot hide anything, wherever they stand. */
    private static final Set<String> IGNORED_EVERYWHERE = Set.of(
            // The parser's own bookkeeping.
            "getASTNode",
            "getParent",
            // A name given here is resolved where it is used.
            "getAlias",
            // A list is its elements.
            "getExpressions");

    /** Parts that a rule need not look at, by why. */
    private static final Map<String, Set<String>> IGNORED = Map.of(
            "the same part under another name, or picked out of one that is looked at",
            Set.of(
                    "CreateTable.getColumnDefinitions",
                    "CreateTable.getIndexes",
                    "CreateTable.getTableOptionsStrings",
                    "ColumnDefinition.getForeignKeyReference",
                    "ColumnOption.getTokens",
                    "Delete.getUsingList",
                    "Drop.getName",
                    "Drop.getTypeToParameters",
                    "ForeignKeyIndex.getTable",
                    "ForeignKeyIndex.getReferencedColumnNames",
                    "Function.getAttributeColumn",
                    "GroupByElement.getGroupByExpressions",
                    "HexValue.getBlob",
                    "HexValue.getLongValue",
                    "HexValue.getStringValue",
                    "Index.getColumnWithParams",
                    "Index.getColumnsNames",
                    "Insert.getPlainSelect",
                    "Insert.getSetOperationList",
                    "Insert.getValues",
                    "InsertConflictTarget.getIndexColumnNames",
                    "Join.getOnExpression",
                    "Join.getRightItem",
                    "JsonExpression.getIdents",
                    "JsonTableFunction.getAllExpressions",
                    "Merge.getUsingAlias",
                    "Merge.getUsingTable",
                    "Parenthesis.getExpression",
                    "ParenthesedSelect.getPlainSelect",
                    "ParenthesedSelect.getSetOperationList",
                    "ParenthesedSelect.getValues",
                    "PartitionByClause.getPartitionExpressionList",
                    "Select.getPlainSelect",
                    "Select.getSelectBody",
                    "Select.getSetOperationList",
                    "Select.getValues",
                    "Statement.getFeatures",
                    "TableFunction.getExpression",
                    "TableFunction.getFunctions",
                    "Update.getColumns",
                    "Update.getSelect",
                    "Upsert.getPlainSelect",
                    "Upsert.getSetOperationList",
                    "Upsert.getValues",
                    "WindowDefinition.getAllExpressions"),
            "names, types and words, which do nothing by themselves",
            Set.of(
                    "ArrayConstructor.getDataType",
                    "CastExpression.getColDataType",
                    "CheckConstraint.getTable",
                    "Column.getTable",
                    "ColumnDefinition.getColDataType",
                    "ColumnOption.getIdentityDefinition",
                    "ForeignKeyReference.getReferencedColumnNames",
                    "ColumnParams.getOperatorClassParameters",
                    "ColumnParams.getParams",
                    "CreateTable.getColumns",
                    "Fetch.getFetchParameters",
                    "Index.getConstraintAttributes",
                    "Index.getIncludeColumns",
                    "Index.getNameParts",
                    "Index.getStorageParameters",
                    "Insert.getRowAlias",
                    "IntervalExpression.getIntervalQualifier",
                    "Join.getJoinHint",
                    "JsonExpression.getOperators",
                    "JsonFunction.getReturningType",
                    "JsonTableFunction.getOnEmptyClause",
                    "JsonTableFunction.getOnErrorClause",
                    "JsonTableFunction.getParsingTypeClause",
                    "JsonTableValueColumnDefinition.getDataType",
                    "JsonTableValueColumnDefinition.getQuotesClause",
                    "JsonTableValueColumnDefinition.getWrapperClause",
                    "LikeClause.getColumnsList",
                    "LikeClause.getOptions",
                    "NamedExpressionList.getNames",
                    "NextValExpression.getNameList",
                    "ReturningClause.getOutputAliases",
                    "Select.getWait",
                    "SetOperationList.getOperations",
                    "Table.getDatabase",
                    "Table.getNamePartDelimiters",
                    "TranscodingFunction.getColDataType"),
            "an alias, or a table that the statement's FROM has already named",
            Set.of(
                    "AllTableColumns.getTable",
                    "Select.getForUpdate",
                    "Select.getForUpdateTable",
                    "Select.getForUpdateTables"),
            "something the parser never sets",
            Set.of("Column.getResolvedTable", "Table.getResolvedTable", "Table.clone"));

    static Collection<Class<?>> understood() {
        List<Class<?>> classes = new ArrayList<>(NodeRules.understood());
        classes.sort((one, other) -> one.getName().compareTo(other.getName()));
        return classes;
    }

    @ParameterizedTest
    @MethodSource("understood")
    void everyPartOfANodeIsLookedAt(Class<?> type) {
        Set<String> lookedAt = new TreeSet<>();
        for (boolean partsAreThere : new boolean[] {true, false}) {
            Object node = standIn(type, invocation -> {
                lookedAt.add(invocation.getMethod().getName());
                return answer(invocation.getMethod(), partsAreThere);
            });
            TreeFindings findings = new TreeFindings(Dialect.POSTGRESQL, TableName::fold);
            NodeRules.read(type, node, new TreeVisit(findings, QueryNames.NONE));
        }
        Set<String> missed = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (isPart(method)
                    && !lookedAt.contains(method.getName())
                    && !IGNORED_EVERYWHERE.contains(method.getName())
                    && IGNORED.values().stream().noneMatch(parts -> parts.contains(nameOf(method)))) {
                missed.add(nameOf(method));
            }
        }
        assertThat(missed).as("parts of %s", type.getSimpleName()).isEmpty();
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static boolean isPart(Method method) {
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass().getName().startsWith("net.sf.jsqlparser.")
                && !method.isBridge()
                && mentionsTree(method.getGenericReturnType());
    }

    /** Whether a value of the type may be or hold a node, or text that was left unparsed. */
    private static boolean mentionsTree(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return mentionsTree(parameterized.getRawType())
                    || (isContainer(parameterized.getRawType())
                            && List.of(parameterized.getActualTypeArguments()).stream()
                                    .anyMatch(argument -> argument == String.class || mentionsTree(argument)));
        }
        if (type instanceof WildcardType || type instanceof TypeVariable<?> || type == Object.class) {
            return true;
        }
        return type instanceof Class<?> plain
                && !plain.isEnum()
                && (plain.getName().startsWith("net.sf.jsqlparser.") || isContainer(plain));
    }

    private static boolean isContainer(Type type) {
        return type instanceof Class<?> plain
                && (Collection.class.isAssignableFrom(plain) || Map.class.isAssignableFrom(plain));
    }

    /** A subclass where there can be one: redefining the classes themselves is slow. */
    private static Object standIn(Class<?> type, Answer<?> answer) {
        return Mockito.mock(
                type,
                Mockito.withSettings()
                        .mockMaker(Modifier.isFinal(type.getModifiers()) ? MockMakers.INLINE : MockMakers.SUBCLASS)
                        .defaultAnswer(answer)
                        .stubOnly());
    }

    private static @Nullable Object answer(Method method, boolean partsAreThere) {
        Class<?> type = method.getReturnType();
        if (type == Iterator.class) {
            return Collections.emptyIterator();
        }
        if (type == boolean.class) {
            return false;
        }
        if (type.isPrimitive()) {
            return type == void.class ? null : type == char.class ? (Object) 'a' : type == long.class ? 0L : 0;
        }
        if (type.isEnum() && partsAreThere) {
            return type.getEnumConstants()[0];
        }
        if (!partsAreThere) {
            return type == List.class
                    ? List.of()
                    : type == Set.class ? Set.of() : type.isEnum() ? type.getEnumConstants()[0] : null;
        }
        if (type == String.class) {
            return "a";
        }
        if (type == Table.class) {
            return new Table("a");
        }
        if (type == Expression.class || type == Object.class) {
            return new NullValue();
        }
        if (type.isInterface() && Collection.class.isAssignableFrom(type)) {
            return type == Set.class ? Set.of() : List.of();
        }
        return type.getName().startsWith("net.sf.jsqlparser.") && !Modifier.isFinal(type.getModifiers())
                ? standIn(type, invocation -> answer(invocation.getMethod(), false))
                : null;
    }
}
