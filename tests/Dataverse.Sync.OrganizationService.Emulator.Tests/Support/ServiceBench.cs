using System.ServiceModel;
using Dataverse.Sync.Testing;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>An emulated organization and its organization service, without a connector.</summary>
internal sealed class ServiceBench : IAsyncDisposable
{
    private ServiceBench(DataverseEmulator emulator, EmulatedServiceOptions options) =>
        (Emulator, Service) = (emulator, new EmulatedOrganizationService(emulator, options));

    public DataverseEmulator Emulator { get; }

    public EmulatedOrganizationService Service { get; }

    public DataverseTable Accounts => Emulator.Table("account");

    public static async Task<ServiceBench> StartAsync(
        EmulatedServiceOptions? serve = null, DataverseEmulatorOptions? options = null) =>
        new(await DataverseEmulator.StartAsync(options), serve ?? new EmulatedServiceOptions());

    /// <summary>A row of account with values of the SDK's types.</summary>
    public static Entity Account(params (string Name, object? Value)[] values) => Row("account", Guid.Empty, values);

    public static Entity Row(string table, Guid id, params (string Name, object? Value)[] values)
    {
        var row = new Entity(table, id);
        foreach (var (name, value) in values)
        {
            row[name] = value;
        }

        return row;
    }

    /// <summary>The code of the fault that a call ends with.</summary>
    public async Task<string> CodeOfAsync(OrganizationRequest request) => $"0x{(await FaultOfAsync(request)).ErrorCode:X8}";

    public async Task<OrganizationServiceFault> FaultOfAsync(OrganizationRequest request)
    {
        var call = () => Service.ExecuteAsync(request, default);
        return (await call.Should().ThrowAsync<FaultException<OrganizationServiceFault>>()).Which.Detail;
    }

    public async Task<T> ExecuteAsync<T>(OrganizationRequest request)
        where T : OrganizationResponse => (T)await Service.ExecuteAsync(request, default);

    /// <summary>The names of the accounts that meet a condition, in order.</summary>
    public async Task<IEnumerable<string?>> NamesAsync(string column, ConditionOperator condition, params object[] values)
    {
        var query = new QueryExpression("account") { ColumnSet = new ColumnSet("name") };
        query.Criteria.AddCondition(column, condition, values);
        query.AddOrder("name", OrderType.Ascending);
        return (await Service.RetrieveMultipleAsync(query, default)).Entities.Select(row => row.GetAttributeValue<string>("name"));
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
