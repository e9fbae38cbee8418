using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>A table without bulk messages in a service that behaves the other way wherever the documentation is silent.</summary>
public sealed class UnverifiedAccountConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() => await ServedOrganization.StartAsync(
        emulator =>
        {
            emulator.Table("account").BulkMessages = false;
            return TablesUnderTest.Account(emulator);
        },
        options => options with
        {
            SqlErrorStatus = 400,
            MissingLookupTargetStatus = 400,
            MissingRowWithVersionStatus = 412,
            RejectChangesOfInactiveRows = true,
            EmptyTextIsNull = false,
            RoundMoneyToCurrencyPrecision = false,
        },
        ServiceSwitches.Other);
}
