namespace Dataverse.Sync.IntegrationTests;

/// <summary>Looks at the records of both services through the connectors, past the engine.</summary>
internal static class Records
{
    private const int ShortestLimit = 50;

    /// <summary>The ids of the records that a mapping's filter lets through.</summary>
    public static async Task<IReadOnlyList<Guid>> InScopeAsync(ITableConnector connector, IIntegrationTableMapping mapping, SyncSide side)
    {
        var filter = side == SyncSide.Local ? mapping.LocalFilter : mapping.IntegrationFilter;
        var query = new ChangeQuery { Table = TableOf(mapping, side), Fields = filter?.Fields ?? [] };
        var pages = await connector.ReadChangesAsync(query, CancellationToken.None).ToListAsync();
        return [.. pages.SelectMany(page => page.Records).Where(record => filter?.Matches(record) != false).Select(record => record.Id)];
    }

    /// <summary>The plain fields, which translate nothing, of coupled pairs that hold
    /// different texts; a text that was cut to the other side's length agrees.</summary>
    public static async Task<IReadOnlyList<FieldDifference>> DifferencesAsync(TestBench bench, IIntegrationTableMapping mapping)
    {
        var fields = mapping.Fields.Where(field => field is { IsEnabled: true, Lookup: null, Options: null, LocalField: not null, IntegrationField: not null }).ToList();
        var couplings = await bench.Engine.Couplings.ListAsync(mapping.Name).ToListAsync();
        var local = await ReadAsync(bench, mapping, SyncSide.Local, couplings, fields);
        var integration = await ReadAsync(bench, mapping, SyncSide.Integration, couplings, fields);
        return
        [
            .. from coupling in couplings
               from field in fields
               let left = local[coupling.LocalId][field.LocalField!].ToString()
               let right = integration[coupling.IntegrationId][field.IntegrationField!].ToString()
               where !Agree(field, left, right)
               select new FieldDifference(coupling.LocalId, field, left, right),
        ];
    }

    private static string TableOf(IIntegrationTableMapping mapping, SyncSide side) => side == SyncSide.Local ? mapping.LocalTable : mapping.IntegrationTable;

    private static async Task<Dictionary<Guid, TableRecord>> ReadAsync(
        TestBench bench, IIntegrationTableMapping mapping, SyncSide side, IReadOnlyList<Coupling> couplings, IReadOnlyList<IFieldMapping> fields)
    {
        var records = await bench.Connector(side).ReadByIdAsync(
            new()
            {
                Table = TableOf(mapping, side),
                Fields = [.. fields.Select(field => side == SyncSide.Local ? field.LocalField! : field.IntegrationField!).Distinct()],
                Ids = [.. couplings.Select(coupling => coupling.IdOf(side))],
            },
            CancellationToken.None);
        return records.ToDictionary(record => record.Id);
    }

    // A currency without a symbol shows its code in Dataverse, which requires one; an amount that nobody entered is zero or blank.
    private static bool Agree(IFieldMapping field, string local, string integration) =>
        local == integration
        || IsCutFrom(local, integration)
        || IsCutFrom(integration, local)
        || (field.IntegrationField == "creditlimit" && local == "0" && integration.Length == 0)
        || (field.IntegrationField == "currencysymbol" && local.Length == 0);

    private static bool IsCutFrom(string cut, string whole) => cut.Length >= ShortestLimit && whole.StartsWith(cut, StringComparison.Ordinal);
}
