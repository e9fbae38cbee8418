namespace Dataverse.Sync.HttpHarness;

/// <summary>All marked records of both sides, read from the services and not through the library.</summary>
internal sealed class Screen
{
    private Screen(IReadOnlyList<ShownRow> rows) => Rows = rows;

    public IReadOnlyList<ShownRow> Rows { get; }

    public static Screen Read(World world) =>
        new([.. Kinds.All.SelectMany(kind => LocalRows(world, kind).Concat(IntegrationRows(world, kind)))]);

    public IEnumerable<ShownRow> Of(string marker, SyncSide side) =>
        Rows.Where(row => row.Marker == marker && row.Side == side);

    private static IEnumerable<ShownRow> LocalRows(World world, EntityKind kind) =>
        from row in world.Local(kind.LocalTable).Rows
        where kind != Kinds.Contact || row["type"]!.GetValue<string>() == "Person"
        let marker = RowValues.Of(row, kind.Marker) as string
        where IsOf(marker, kind)
        select new ShownRow(
            kind, SyncSide.Local, row["id"]!.GetValue<Guid>(), marker, kind.Fields.ToDictionary(field => field, field => RowValues.Of(row, field)));

    private static IEnumerable<ShownRow> IntegrationRows(World world, EntityKind kind) =>
        from row in world.Dataverse.Table(kind.IntegrationTable).Rows
        let marker = RowValues.Of(row, kind.Marker) as string
        where IsOf(marker, kind)
        select new ShownRow(
            kind, SyncSide.Integration, row.Id, marker, kind.Fields.ToDictionary(field => field, field => RowValues.Of(row, field)));

    // Customers and vendors share the account table; the marker names the kind.
    private static bool IsOf(string? marker, EntityKind kind) =>
        marker is not null && Kinds.Of(marker) == kind;
}
