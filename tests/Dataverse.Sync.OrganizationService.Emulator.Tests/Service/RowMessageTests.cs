using Dataverse.Sync.Testing;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Emulator.Tests.ServiceBench;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Single rows: the same rules and codes as over the Web API.</summary>
public sealed class RowMessageTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001");

    [Fact]
    public async Task Own_ids_are_kept_and_a_second_row_with_one_is_refused()
    {
        await using var bench = await StartAsync();

        (await bench.Service.CreateAsync(Row("account", One, ("name", "A")), default)).Should().Be(One);

        (await bench.CodeOfAsync(new CreateRequest { Target = Row("account", One, ("name", "B")) })).Should().Be("0x80040237");
    }

    [Fact]
    public async Task An_update_creates_nothing()
    {
        await using var bench = await StartAsync();

        (await bench.CodeOfAsync(new UpdateRequest { Target = Row("account", One, ("name", "A")) })).Should().Be("0x80040217");

        bench.Accounts.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("account", "name", 5, "0x80040203")]
    [InlineData("account", "creditlimit", 5.0, "0x80040203")]
    [InlineData("account", "unknown", "A", "0x80041103")]
    [InlineData("unknown", "name", "A", "0x80041102")]
    [InlineData("sdkmessage", "name", "A", "0x80040800")]
    public async Task Rows_with_a_wrong_table_column_or_type_are_refused(string table, string column, object value, string code)
    {
        await using var bench = await StartAsync();

        (await bench.CodeOfAsync(new CreateRequest { Target = Row(table, One, (column, value)) })).Should().Be(code);
    }

    [Fact]
    public async Task Requests_without_a_target_or_with_an_unknown_parameter_are_refused()
    {
        await using var bench = await StartAsync();

        (await bench.FaultOfAsync(new CreateRequest())).Message.Should().Contain("Target");
        (await bench.FaultOfAsync(new CreateRequest { Target = Account(("name", "A")), ["colour"] = "red" })).Message.Should().Contain("colour");
        (await bench.FaultOfAsync(new OrganizationRequest("Unknown"))).Message.Should().Contain("Unknown");
    }

    [Theory]
    [InlineData(true, "0x80060882")]
    [InlineData(false, "0x8006088D")]
    public async Task Versions_are_compared_where_the_table_can(bool isEnabled, string code)
    {
        await using var bench = await StartAsync();
        bench.Accounts.OptimisticConcurrency = isEnabled;
        var row = bench.Accounts.Insert(("name", "A"));
        var request = new UpdateRequest
        {
            Target = Row("account", row.Id, ("name", "B")),
            ConcurrencyBehavior = ConcurrencyBehavior.IfRowVersionMatches,
        };

        (await bench.CodeOfAsync(request)).Should().Be("0x80060883", "no version is given");
        request.Target.RowVersion = "1";
        (await bench.CodeOfAsync(request)).Should().Be(code);
        bench.Accounts.Get(row.Id)["name"].Should().Be("A");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_version_without_a_wanted_behavior_counts_only_where_the_service_does_so(bool checks)
    {
        await using var bench = await StartAsync(new EmulatedServiceOptions { ChecksVersionsByDefault = checks });
        var target = Row("account", bench.Accounts.Insert(("name", "A")).Id, ("name", "B"));
        target.RowVersion = "1";

        var failure = await Record.ExceptionAsync(() => bench.Service.UpdateAsync(target, default));

        (failure is not null).Should().Be(checks);
        bench.Accounts.Get(target.Id)["name"].Should().Be(checks ? "A" : "B");
    }

    [Fact]
    public async Task Deletions_check_versions_and_cascade()
    {
        await using var bench = await StartAsync();
        var row = bench.Accounts.Insert(("name", "A"));
        var child = bench.Emulator.Table("contact").Insert(("lastname", "A"), ("parentcustomerid", new DataverseReference("account", row.Id))).Id;
        var request = new DeleteRequest
        {
            Target = new EntityReference("account", row.Id) { RowVersion = "1" },
            ConcurrencyBehavior = ConcurrencyBehavior.IfRowVersionMatches,
        };

        (await bench.CodeOfAsync(request)).Should().Be("0x80060882");
        request.Target.RowVersion = $"{bench.Accounts.Get(row.Id).Version}";
        _ = await bench.ExecuteAsync<DeleteResponse>(request);

        bench.Accounts.Count.Should().Be(0);
        bench.Emulator.Table("contact").Find(child)?["parentcustomerid"].Should().BeNull();
    }

    [Fact]
    public async Task Plug_ins_privileges_and_hidden_rows_judge_calls_as_they_judge_requests()
    {
        await using var bench = await StartAsync();
        var row = bench.Accounts.Insert(("name", "A"));
        bench.Emulator.WriteRules.Reject(write => write.Kind == DataverseWriteKind.Update, DataverseRejection.PlugIn("no"));
        bench.Emulator.WriteRules.Deny("account", DataversePrivilege.Create);

        (await bench.CodeOfAsync(new UpdateRequest { Target = Row("account", row.Id, ("name", "B")) })).Should().Be("0x80040265");
        (await bench.CodeOfAsync(new CreateRequest { Target = Account(("name", "B")) })).Should().Be("0x80040220");
        bench.Emulator.Security.Hide("account", _ => true);
        (await bench.CodeOfAsync(new DeleteRequest { Target = new EntityReference("account", row.Id) })).Should().Be("0x80048306");
    }

    [Fact]
    public async Task Empty_values_clear_columns_and_read_only_ones_are_ignored()
    {
        await using var bench = await StartAsync();
        var row = bench.Accounts.Insert(("name", "A"), ("accountnumber", "1"));

        await bench.Service.UpdateAsync(Row("account", row.Id, ("accountnumber", null), ("createdon", DateTime.UnixEpoch)), default);

        bench.Accounts.Get(row.Id)["accountnumber"].Should().BeNull();
        bench.Accounts.Get(row.Id)["createdon"].Should().Be(row["createdon"]);
    }
}
