using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The diagnosis of a whole set-up over HTTP: it finds what the services tell, and writes nothing.</summary>
public sealed class DiagnosisOverHttpTests
{
    [Fact]
    public async Task A_diagnosis_of_the_standard_mappings_writes_nothing_and_finds_no_error()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        var before = bench.Writes;

        var report = await bench.Engine.DiagnoseAsync();

        report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Should().BeEmpty(report.ToReport());
        (bench.Writes - before).Total.Should().Be(0);
        report.Findings.Select(finding => finding.Code).Should().Contain(
        [
            DiagnosisCodes.CompanyFound, DiagnosisCodes.BaseCurrencies, DiagnosisCodes.NumberSeriesNotTold, DiagnosisCodes.RightsNotTold,
            DiagnosisCodes.UnverifiedSetting, DiagnosisCodes.TableRead, DiagnosisCodes.DeletionsNotReported,
        ]);
        report.Findings.Where(finding => finding.Area == DiagnosisArea.Clock).Select(finding => finding.Side)
            .Should().BeEquivalentTo([SyncSide.Local, SyncSide.Integration]);
        report.Findings.Should().NotContain(finding =>
            finding.Code == DiagnosisCodes.PrivilegeMissing || finding.Code == DiagnosisCodes.PrivilegeLimited);
    }

    [Fact]
    public async Task Missing_privileges_are_named_and_one_tables_fault_does_not_end_the_report()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        bench.Dataverse.WriteRules.Deny("account", DataversePrivilege.Create);
        bench.Dataverse.WriteRules.Deny("contact", DataversePrivilege.Read);

        var report = await bench.Engine.DiagnoseAsync();

        report.Findings.Where(finding => finding.Code == DiagnosisCodes.PrivilegeMissing)
            .Select(finding => (finding.Table, finding.Message.Contains("prvCreateAccount"))).Should().Contain(("account", true));
        report.Findings.Should().Contain(finding => finding.Severity == FindingSeverity.Error && finding.Table == "contact"
            && finding.Code == DiagnosisCodes.TableUnreadable && finding.Area == DiagnosisArea.Rights);
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.TableRead && finding.Mapping == "CUSTOMER"
            && finding.Side == SyncSide.Integration);
    }

    [Fact]
    public async Task A_role_that_does_not_reach_the_organization_is_told()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        bench.Dataverse.Security.Hide("account", _ => false);

        var report = await bench.Engine.DiagnoseAsync();

        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.PrivilegeLimited && finding.Table == "account"
            && finding.Message.Contains("prvReadAccount"));
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.TableUnreadable && finding.Table == "account",
            "change tracking needs the whole organization");
    }

    [Fact]
    public async Task Secured_columns_are_told_with_the_rights_of_the_caller()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        bench.Dataverse.Table("account").ChangeColumn("telephone1", column => column with { IsSecured = true });
        bench.Dataverse.Table("account").ChangeColumn("websiteurl", column => column with { IsSecured = true });
        bench.Dataverse.Security.Grant("account", "websiteurl");

        var report = await bench.Engine.DiagnoseAsync();

        report.Findings.Where(finding => finding.Code == DiagnosisCodes.ColumnSecured)
            .Select(finding => (finding.Table, finding.Field, finding.Severity)).Should().BeEquivalentTo(
            [
                ("account", "telephone1", FindingSeverity.Warning),
                ("account", "websiteurl", FindingSeverity.Information),
            ]);
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.FieldUnreadable && finding.Mapping == "CUSTOMER"
            && finding.Field!.Contains("telephone1"));
    }

    [Fact]
    public async Task A_caller_who_may_not_read_itself_gets_a_note_instead_of_rights()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        bench.Dataverse.Security.CanReadUsers = false;

        var report = await bench.Engine.DiagnoseAsync();

        report.Findings.Should().Contain(finding =>
            finding.Code == DiagnosisCodes.RightsNotTold && finding.Side == SyncSide.Integration);
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.TableRead);
    }

    [Fact]
    public async Task A_currency_without_a_rate_is_named()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        _ = bench.Local("currencies").Insert(new JsonObject { ["code"] = "XTS", ["displayName"] = "Test" });

        var report = await bench.Engine.DiagnoseAsync();

        report.Findings.Should().ContainSingle(finding =>
            finding.Code == DiagnosisCodes.ExchangeRateMissing && finding.Message.Contains("'XTS'"));
    }

    [Fact]
    public async Task A_wrong_company_ends_only_what_needs_it()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"), new() { Company = "Nowhere" });

        var report = await bench.Engine.DiagnoseAsync();

        report.Findings.Should().Contain(finding => finding.Severity == FindingSeverity.Error && finding.Message.Contains("'Nowhere'"));
        report.Findings.Should().Contain(finding => finding.Area == DiagnosisArea.Clock && finding.Side == SyncSide.Integration);
    }
}
