namespace Dataverse.Sync.PostgreSql;

/// <summary>Two records that were coupled.</summary>
internal readonly record struct RecordPair(Guid Local, Guid Integration)
{
    public static RecordPair Read(Row row) => new(row.Guid(0), row.Guid(1));
}
