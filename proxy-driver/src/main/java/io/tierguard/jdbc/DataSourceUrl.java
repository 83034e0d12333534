package io.tierguard.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/** The JDBC URL that a data source will connect to, where it is a bean that tells. */
final class DataSourceUrl {
    /** What real drivers' data sources and pools call it. */
    private static final List<String> GETTERS = List.of("getUrl", "getURL", "getJdbcUrl");

    private DataSourceUrl() {}

    /** The URL; empty where the data source does not tell one. */
    static String of(Object dataSource) {
        for (String getter : GETTERS) {
            try {
                Method method = dataSource.getClass().getMethod(getter);
                if (method.invoke(dataSource) instanceof String url && url.startsWith("jdbc:")) {
                    return url;
                }
            } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException untold) {
                // Another getter, or none, tells.
            }
        }
        return "";
    }
}
