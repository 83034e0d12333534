package io.tierguard.jdbc;

import java.sql.SQLException;
import java.sql.Struct;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A structured value; its attributes are guarded. */
abstract class GuardedStruct extends GuardedValue implements Struct {
    final Struct struct;

    GuardedStruct(GuardedConnection connection, Struct real) {
        super(connection);
        this.struct = real;
    }

    @Override
    final Struct real() {
        return struct;
    }

    @Override
    public Object @Nullable [] getAttributes() throws SQLException {
        return (Object[]) guarded((Object) struct.getAttributes());
    }

    @Override
    public Object @Nullable [] getAttributes(Map<String, Class<?>> types) throws SQLException {
        return (Object[]) guarded((Object) struct.getAttributes(types));
    }
}
