using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>What each connector finds out about tables that are set up in an unusual way.</summary>
public sealed class ConnectorDiagnosisTests
{
    [Fact]
    public async Task A_table_without_change_tracking_and_without_versions_is_a_warning()
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        AddProjects(dataverse);
        using var connector = Connect(dataverse);

        var findings = await DiagnoseAsync(connector, isWritten: true);

        findings.Where(finding => finding.Area == DiagnosisArea.ChangeCapture)
            .Select(finding => (finding.Code, finding.Severity, finding.Table)).Should().BeEquivalentTo(
            [
                (DiagnosisCodes.ChangeTrackingOff, FindingSeverity.Warning, "new_project"),
                (DiagnosisCodes.VersionsNotChecked, FindingSeverity.Warning, "new_project"),
            ]);
    }

    [Fact]
    public async Task Change_tracking_that_the_options_turn_off_is_a_note()
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        using var connector = Connect(dataverse, options => options.ChangeTracking = ChangeTracking.Never);

        var findings = await connector.DiagnoseAsync(new() { Tables = [new() { Name = "account" }] }, default);

        findings.Single(finding => finding.Code == DiagnosisCodes.ChangeTrackingOff).Severity.Should().Be(FindingSeverity.Information);
    }

    [Fact]
    public async Task A_company_column_and_a_masked_column_are_told()
    {
        await using var dataverse = await DataverseEmulator.StartAsync(new() { IsManagedEnvironment = true });
        AddProjects(dataverse);
        dataverse.Table("new_project").ChangeColumn("new_secret", column => column with { IsSecured = true });
        dataverse.Security.Grant("new_project", "new_secret");
        dataverse.Security.Mask("new_project", "new_secret", _ => "###");
        using var connector = Connect(dataverse);

        var findings = await DiagnoseAsync(connector, isWritten: false);

        findings.Should().Contain(finding => finding.Code == DiagnosisCodes.CompanyColumnPresent && finding.Field == "bcbi_companyid");
        findings.Should().Contain(finding => finding.Code == DiagnosisCodes.ColumnMasked && finding.Field == "new_secret");
        findings.Should().Contain(finding => finding.Code == DiagnosisCodes.ColumnSecured
            && finding.Severity == FindingSeverity.Warning && finding.Field == "new_secret");
    }

    [Theory]
    [InlineData(0, DiagnosisCodes.ClockAgrees)]
    [InlineData(300, DiagnosisCodes.ClockDiffers)]
    public async Task The_clock_of_the_environment_is_compared(int seconds, string code)
    {
        await using var dataverse = await DataverseEmulator.StartAsync(new() { ClockSkew = TimeSpan.FromSeconds(seconds) });
        using var connector = Connect(dataverse);

        var findings = await connector.DiagnoseAsync(new() { Tables = [] }, default);

        findings.Single(finding => finding.Area == DiagnosisArea.Clock).Code.Should().Be(code);
    }

    [Fact]
    public async Task A_table_that_does_not_exist_is_left_to_its_mapping_and_rights_are_told_for_the_others()
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        dataverse.WriteRules.Deny("contact", DataversePrivilege.Delete);
        using var connector = Connect(dataverse);

        var findings = await connector.DiagnoseAsync(
            new() { Tables = [new() { Name = "new_nothing", IsWritten = true }, new() { Name = "contact", IsWritten = true, IsDeleted = true }] },
            default);

        findings.Should().ContainSingle(finding => finding.Area == DiagnosisArea.Rights).Which.Message.Should().Contain("prvDeleteContact");
        findings.Should().NotContain(finding => finding.Table == "new_nothing");
    }

    [Fact]
    public async Task An_environment_that_does_not_answer_is_an_exception_of_the_connector()
    {
        var dataverse = await DataverseEmulator.StartAsync();
        using var connector = Connect(dataverse);
        await dataverse.DisposeAsync();

        var diagnose = () => connector.DiagnoseAsync(new() { Tables = [] }, default);

        _ = await diagnose.Should().ThrowAsync<ConnectorException>();
    }

    [Fact]
    public async Task Business_Central_tells_its_company_its_clock_and_what_it_does_not_tell()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        var query = new DiagnosisQuery
        {
            Tables =
            [
                new() { Name = "customers", IsWritten = true, WrittenFields = ["number", "displayName"] },
                new() { Name = "vendors", IsWritten = true, WrittenFields = ["displayName"] },
                new() { Name = "salespeoplePurchasers", IsWritten = true, WrittenFields = ["code"] },
                new() { Name = "currencies" },
            ],
        };

        var findings = await bench.Connector(SyncSide.Local).DiagnoseAsync(query, default);

        findings.Where(finding => finding.Code == DiagnosisCodes.NumberSeriesNotTold).Select(finding => (finding.Table, finding.Field))
            .Should().BeEquivalentTo([("customers", "number"), ("vendors", "number")]);
        findings.Where(finding => finding.Code == DiagnosisCodes.RightsNotTold).Select(finding => finding.Table)
            .Should().BeEquivalentTo("customers", "vendors", "salespeoplePurchasers");
        findings.Should().ContainSingle(finding => finding.Code == DiagnosisCodes.CompanyFound)
            .Which.Message.Should().Contain(bench.Clouds.Company.Id.ToString());
        findings.Should().ContainSingle(finding => finding.Area == DiagnosisArea.Clock);
    }

    private static Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(WebApiConnector connector, bool isWritten) =>
        connector.DiagnoseAsync(
            new()
            {
                Tables = [new() { Name = "new_project", IsWritten = isWritten, ReadFields = ["new_name", "new_secret"] }],
            },
            default);

    private static void AddProjects(DataverseEmulator dataverse) => _ = dataverse.AddTable(new DataverseTableDefinition
    {
        LogicalName = "new_project",
        SetName = "new_projects",
        PrimaryName = "new_name",
        Columns =
        [
            DataverseColumn.Text("new_name", 100),
            DataverseColumn.Text("new_secret", 100),
            DataverseColumn.Text("bcbi_companyid", 40),
        ],
        ChangeTracking = false,
        OptimisticConcurrency = false,
    });

    private static WebApiConnector Connect(DataverseEmulator dataverse, Action<WebApiOptions>? change = null)
    {
        var options = new WebApiOptions { EnvironmentUrl = dataverse.BaseAddress, AccessToken = _ => new("token"), MaxRetries = 0 };
        change?.Invoke(options);
        return new(options);
    }
}
