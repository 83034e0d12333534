package io.tierguard.integration;

import io.tierguard.jdbc.TierguardXADataSource;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** The only branch of a distributed transaction. */
record DistributedBranch(int number) implements Xid {
    @Override
    public int getFormatId() {
        return 7;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return new byte[] {(byte) number};
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1};
    }

    /** Ends and commits it in one phase. */
    void commit(XAResource resource) throws XAException {
        resource.end(this, XAResource.TMSUCCESS);
        resource.commit(this, true);
    }

    /** The bean for such transactions as a container sets it up. */
    static TierguardXADataSource source(GuardedTables tables, TestDatabase database, String url) {
        TierguardXADataSource bean = new TierguardXADataSource();
        Map<String, String> settings = tables.settings();
        bean.setUrl(url);
        bean.setUser(database.user());
        bean.setPassword("");
        bean.setPolicy(settings.get("tierguard.policy"));
        bean.setComponent(settings.get("tierguard.component"));
        bean.setAudit(settings.get("tierguard.audit"));
        return bean;
    }
}
