package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;

/** A builder of the real data source, whose connection comes out guarded. */
final class GuardingConnectionBuilder implements ConnectionBuilder {
    private final GuardingDataSource dataSource;
    private ConnectionBuilder real;

    GuardingConnectionBuilder(GuardingDataSource dataSource, ConnectionBuilder real) {
        this.dataSource = dataSource;
        this.real = real;
    }

    @Override
    public ConnectionBuilder user(String username) {
        real = real.user(username);
        return this;
    }

    @Override
    public ConnectionBuilder password(String password) {
        real = real.password(password);
        return this;
    }

    @Override
    public ConnectionBuilder shardingKey(ShardingKey shardingKey) {
        real = real.shardingKey(shardingKey);
        return this;
    }

    @Override
    public ConnectionBuilder superShardingKey(ShardingKey superShardingKey) {
        real = real.superShardingKey(superShardingKey);
        return this;
    }

    @Override
    public Connection build() throws SQLException {
        dataSource.admitConnecting();
        return dataSource.guard(real.build(), false);
    }
}
