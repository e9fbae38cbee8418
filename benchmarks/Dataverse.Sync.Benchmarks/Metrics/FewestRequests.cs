using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The fewest requests with which customers can be brought in step, whoever does it, at the page and batch sizes that the connectors are configured with.</summary>
/// <remarks>
/// <para>A full run into an empty table: every page of customers is read; the accounts are asked for once, since nobody knows before that
/// there are none; every account is created, a message full at a time. Nothing is read back.</para>
/// <para>A run of modified records: each side is asked for its changes, page by page; the partners of the changed records are read in one
/// batch of queries from each side, since versions and the other side's values must be known before something is written; every partner is
/// written, a batch full at a time.</para>
/// <para>A page that is full to the last record is not followed by an empty one on either service: the last page is the one without a
/// link to the next. An empty table is one page.</para>
/// </remarks>
internal sealed record FewestRequests(BusinessCentralOptions Local, WebApiOptions Integration)
{
    public static FewestRequests AtDefaults { get; } = new(new(), new());

    public int OfFullRun(int customers) => Pages(customers, Local.PageSize) + Pages(0, Integration.PageSize) + Batches(customers, Integration.CreateBatchSize);

    public int OfModifiedRun(int customers, int accounts) =>
        Pages(customers, Local.PageSize) + Pages(accounts, Integration.PageSize)
        + Queries(customers) + Queries(accounts)
        + Batches(customers, Integration.UpdateBatchSize) + Batches(accounts, Local.BatchSize);

    private static int Pages(int records, int pageSize) => Math.Max(1, Batches(records, pageSize));

    private static int Batches(int records, int size) => (records + size - 1) / size;

    private static int Queries(int records) => records > 0 ? 1 : 0;
}
