namespace Dataverse.Sync.PostgreSql;

/// <summary>Two records that were coupled.</summary>
internal readonly record struct RecordPair(Guid Local, Guid Integration)
{
    /// <summary>The number of columns that <see cref="Read"/> reads.</summary>
    public const int Columns = 2;

    public static RecordPair Read(Row row) => new(row.Guid(0), row.Guid(1));
}
