using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Benchmarks.Wires;

/// <summary>Both connectors by themselves, reading the fields of the standard customer mapping.</summary>
internal sealed class ConnectorPair : IDisposable
{
    private static readonly IFieldMapping[] Fields =
    [
        .. StandardMappings.Create().Single(mapping => mapping.Name == StandardMappingNames.Customer).Fields
            .Where(field => field is { IsEnabled: true, LocalField: not null, IntegrationField: not null }),
    ];

    private readonly BusinessCentralConnector local;
    private readonly WebApiConnector integration;

    public ConnectorPair(ServiceEndpoints addresses, HttpMessageHandler customers, HttpMessageHandler accounts)
    {
        local = new(new()
        {
            BaseAddress = addresses.BusinessCentral,
            Company = addresses.Company,
            AccessToken = _ => new("token"),
            HttpMessageHandler = customers,
            RequestLimit = null,
        });
        integration = new(new()
        {
            EnvironmentUrl = addresses.Dataverse,
            AccessToken = _ => new("token"),
            HttpMessageHandler = accounts,
            RequestLimit = int.MaxValue,
        });
    }

    /// <summary>Reads a whole table and counts its records.</summary>
    public async Task<int> ReadAsync(SyncSide side)
    {
        var query = side == SyncSide.Local
            ? new ChangeQuery { Table = "customers", Fields = [.. Fields.Select(field => field.LocalField!)] }
            : new ChangeQuery { Table = "account", Fields = [.. Fields.Select(field => field.IntegrationField!)] };
        var count = 0;
        await foreach (var page in (side == SyncSide.Local ? (ITableConnector)local : integration).ReadChangesAsync(query, CancellationToken.None))
        {
            count += page.Records.Count;
        }

        return count;
    }

    public void Dispose()
    {
        local.Dispose();
        integration.Dispose();
    }
}
