using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseLoadTests
{
    private static readonly string[] Sets =
    [
        "accounts",
        "contacts",
        "systemusers",
        "transactioncurrencies",
        "businessunits",
    ];

    [Fact]
    public async Task An_organization_is_loaded_with_its_ids_versions_and_times()
    {
        await using var client = await CronusAsync();

        client.Emulator.OrganizationId.Should().Be("28495514-a538-5b3c-92ae-e870c07b8ed7");
        client.Emulator.BaseCurrencyId.Should().Be("a43fdc14-d206-5809-a805-1e112dd76932");
        client.Emulator.Table("systemuser").Get(client.Emulator.UserId)["isintegrationuser"].Should().Be(true);
        var account = client.Accounts.Get(Guid.Parse("add5636f-9dd0-5c48-bb96-0824edeb88e4"));
        account.Version.Should().Be(2101554);
        account["modifiedon"].Should().Be(new DateTimeOffset(2026, 3, 2, 16, 45, 10, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_service_prints_the_loaded_rows_as_the_files_have_them()
    {
        await using var client = await CronusAsync();

        foreach (var set in Sets)
        {
            var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder(), set + ".json")))!;
            var rows = file["value"]!.AsArray().Select(row => row!.AsObject()).ToArray();
            (await client.GetAsync($"{set}/$count")).Text.TrimStart('\uFEFF').Should().Be($"{rows.Length}");
            foreach (var expected in rows)
            {
                // The tag comes first, then the key.
                var key = expected.ElementAt(1).Value!.GetValue<string>();
                var row = (await client.GetAsync(
                    $"{set}({key})",
                    ("Prefer", "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\""))).Json;
                foreach (var (name, value) in expected)
                {
                    (row[name]?.ToJsonString()).Should()
                        .Be(value?.ToJsonString(), $"{name} of {set}({key}) is what the file says");
                }
            }
        }
    }

    [Fact]
    public async Task What_the_platform_computes_of_a_loaded_row_does_not_change_with_a_write()
    {
        await using var client = await CronusAsync();
        string[] computed =
        [
            "address1_composite",
            "creditlimit_base",
            "exchangerate",
            "owninguser",
            "owningbusinessunit",
            "transactioncurrencyid",
        ];

        foreach (var before in client.Accounts.Rows.Where(row => row["statecode"] is 0))
        {
            var line = before["address1_line1"];
            client.Accounts.Update(before.Id, ("address1_line1", "x"), ("creditlimit", before["creditlimit"]));
            var after = client.Accounts.Update(before.Id, ("address1_line1", line));

            computed.Select(column => after[column]).Should().Equal(computed.Select(column => before[column]));
        }
    }

    [Fact]
    public async Task New_writes_continue_behind_the_loaded_versions()
    {
        await using var client = await CronusAsync();

        await client.PostAsync("accounts", """{"name":"A","creditlimit":1}""");

        var row = client.Accounts.Rows[^1];
        row["name"].Should().Be("A");
        row.Version.Should().BeGreaterThan(2101554);
        row["createdby"].Should().Be(new DataverseReference("systemuser", client.Emulator.UserId));
        row["owningbusinessunit"].Should().NotBeNull();
        row["transactioncurrencyid"].Should()
            .Be(new DataverseReference("transactioncurrency", client.Emulator.BaseCurrencyId));
    }

    [Fact]
    public async Task A_file_of_another_shape_is_named()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "accounts.json"), "[]");
        await using var emulator = await DataverseEmulator.StartAsync();

        await emulator.Awaiting(it => it.LoadAsync(folder)).Should().ThrowAsync<InvalidDataException>()
            .WithMessage("*'accounts.json'*");

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<DataverseClient> CronusAsync()
    {
        var client = await DataverseClient.StartAsync();
        await client.Emulator.LoadAsync(Folder());
        return client;
    }

    // The demonstration organization beside the checkout, or the few rows of it that the project holds itself.
    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "data", "cronus", "dataverse") is var candidate
                && Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "Dataverse", "Sample");
    }
}
