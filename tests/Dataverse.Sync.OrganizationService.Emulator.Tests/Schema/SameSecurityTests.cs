using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Both connectors tell the same of secured columns, hidden rows, cascades, and rights.</summary>
public sealed class SameSecurityTests
{
    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    public async Task Secured_and_masked_columns_are_treated_alike(bool isGranted, bool isMasked, bool canReadUsers)
    {
        await using var emulator = await DataverseEmulator.StartAsync(new() { IsManagedEnvironment = true });
        emulator.Security.CanReadUsers = canReadUsers;
        emulator.Table("account").ChangeColumn("telephone1", column => column with { IsSecured = true });
        emulator.Table("account").ChangeColumn("fax", column => column with { IsSecured = true });
        if (isGranted)
        {
            emulator.Security.Grant("account", "telephone1", canUpdate: false);
            emulator.Security.Grant("account", "fax", canCreate: false);
        }

        if (isMasked)
        {
            emulator.Security.Mask("account", "fax", _ => "***");
        }

        var (expected, schema) = await OfBothAsync(emulator, connector => connector.GetSchemaAsync("account", default));

        schema.Should().BeEquivalentTo(expected);
        schema!.Find("telephone1")!.CanRead.Should().Be(isGranted && canReadUsers);
        schema.Find("fax")!.CanRead.Should().Be(isGranted && canReadUsers && !isMasked);
    }

    [Fact]
    public async Task Hidden_and_missing_rows_are_told_apart_alike()
    {
        await using var emulator = await DataverseEmulator.StartAsync();
        var shown = emulator.Table("account").Insert([("name", "Shown")]).Id;
        var hidden = emulator.Table("account").Insert([("name", "Hidden")]).Id;
        emulator.Security.Hide("account", row => row.Id == hidden);
        Guid[] ids = [shown, hidden, Guid.NewGuid()];

        var (expected, presence) = await OfBothAsync(emulator, connector => connector.ProbeAsync("account", ids, default));

        presence.Should().BeEquivalentTo(expected);
        presence.Values.Distinct().Should().HaveCount(3);
    }

    [Fact]
    public async Task Cascades_are_told_alike()
    {
        await using var emulator = await DataverseEmulator.StartAsync();

        var (expected, cascades) = await OfBothAsync(emulator, connector => connector.GetCascadesAsync("account", default));

        cascades.Should().NotBeEmpty().And.BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Diagnosis_finds_the_same_but_for_the_clock_and_the_names_of_options()
    {
        await using var emulator = await DataverseEmulator.StartAsync();
        emulator.Table("account").ChangeColumn("telephone1", column => column with { IsSecured = true });
        var query = new DiagnosisQuery
        {
            Tables =
            [
                new() { Name = "account", ReadFields = ["name", "telephone1"], WrittenFields = ["telephone1"], IsWritten = true, IsDeleted = true },
                new() { Name = "contact", ReadFields = ["lastname"] },
                new() { Name = "no_such_table" },
            ],
        };

        var (expected, findings) = await OfBothAsync(emulator, connector => connector.DiagnoseAsync(query, default));

        Plain(findings).Should().Equal(Plain(expected));
        findings.Should().ContainSingle(finding => finding.Code == DiagnosisCodes.ClockNotTold);
    }

    private static IEnumerable<(FindingSeverity, string, string?, string?, string)> Plain(IEnumerable<DiagnosisFinding> findings) => findings
        .Where(finding => finding.Area != DiagnosisArea.Clock)
        .Select(finding => (
            finding.Severity,
            finding.Code,
            finding.Table,
            finding.Field,
            finding.Message.Replace(nameof(OrganizationServiceOptions), nameof(WebApiOptions), StringComparison.Ordinal)));

    private static async Task<(T OfWebApi, T OfSdk)> OfBothAsync<T>(DataverseEmulator emulator, Func<ITableConnector, Task<T>> ask)
    {
        using var webApi = new WebApiConnector(new WebApiOptions { EnvironmentUrl = emulator.BaseAddress, AccessToken = _ => new("token") });
        using var sdk = new OrganizationServiceConnector(new EmulatedOrganizationService(emulator));
        return (await ask(webApi), await ask(sdk));
    }
}
