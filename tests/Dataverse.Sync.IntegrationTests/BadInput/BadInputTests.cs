using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.Testing;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.IntegrationTests;

public sealed class BadInputTests
{
    [Theory]
    [InlineData(SyncSide.Local, 401, ConnectorFailure.Authentication)]
    [InlineData(SyncSide.Local, 403, ConnectorFailure.Authorization)]
    [InlineData(SyncSide.Integration, 401, ConnectorFailure.Authentication)]
    [InlineData(SyncSide.Integration, 403, ConnectorFailure.Authorization)]
    public async Task Wrong_credentials_end_the_run_with_one_error_and_change_nothing(SyncSide side, int status, ConnectorFailure expected)
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        (side == SyncSide.Local ? bench.BusinessCentral.Faults : bench.Dataverse.Faults).Add(EmulatorFault.Refusal(status).Always());

        var error = await RunToFailureAsync<ConnectorException>(bench);

        error.Failure.Should().Be(expected);
        error.StatusCode.Should().Be(status);
        error.Message.Should().Contain(bench.Connector(side).Name);
    }

    [Fact]
    public async Task Wrong_company_is_named_and_nothing_is_changed()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"), new() { Company = "No Such Company" });

        var error = await RunToFailureAsync<ConnectorException>(bench);

        error.Failure.Should().Be(ConnectorFailure.NotFound);
        error.Message.Should().Contain("No Such Company");
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Unreachable_host_is_named_and_nothing_is_changed(SyncSide side)
    {
        var nowhere = UnusedAddress();
        var settings = side == SyncSide.Local
            ? new TestBenchSettings { BusinessCentralAddress = new(nowhere, "v2.0/production/api/v2.0/") }
            : new TestBenchSettings { DataverseAddress = nowhere };
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"), settings);

        var error = await RunToFailureAsync<ConnectorException>(bench);

        error.Failure.Should().Be(ConnectorFailure.Unreachable);
        error.Message.Should().Contain(bench.Connector(side).Name);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Malformed_json_ends_the_run_with_one_error_and_changes_nothing(SyncSide side)
    {
        static string Cut(string body) => body.StartsWith("{\"@odata.context\"", StringComparison.Ordinal) ? body[..^1] : body;
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"), new() { Rewritten = side, Rewrite = Cut });

        var error = await RunToFailureAsync<ConnectorException>(bench);

        error.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        error.Connector.Should().Be(bench.Connector(side).Name);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task Link_to_another_host_is_refused_and_never_followed(SyncSide side)
    {
        const string Elsewhere = "https://elsewhere.example/api/data/v9.2/accounts?page=2";
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"), new() { Rewritten = side, Rewrite = body => WithNextLink(body, Elsewhere) });

        var error = await RunToFailureAsync<ConnectorException>(bench);

        error.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        error.Message.Should().Contain("https://elsewhere.example").And.Contain("not followed");
    }

    [Fact]
    public async Task Coupling_file_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("dataverse-sync-tests-");
        var file = Path.Combine(folder.FullName, "newer.db");
        await CreateNewerFileAsync(file);
        var before = await File.ReadAllBytesAsync(file);
        await using (var bench = await TestBench.StartAsync(DataSet.Get("sample"), new() { StoreFile = file }))
        {
            var error = await bench.Engine.Invoking(engine => engine.SynchronizeFullAsync()).Should().ThrowAsync<SyncRunException>();
            error.Which.InnerException.Should().BeOfType<CouplingStoreException>().Which.Failure.Should().Be(CouplingStoreFailure.NewerVersion);
            bench.Writes.Total.Should().Be(0);
        }

        (await File.ReadAllBytesAsync(file)).Should().Equal(before);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Everything_wrong_with_the_mappings_is_named_in_one_error_and_nothing_is_changed()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        bench.Engine.Mappings.Change(StandardMappingNames.Customer, mapping => mapping
            .Field("noSuchField", "name")
            .Field("phoneNumber", "nosuchcolumn")
            .LocalFilter(RecordFilter.IsBlank("noSuchFilterField")));
        bench.Engine.Mappings.Change(StandardMappingNames.Vendor, mapping => mapping.Between("noSuchTable", "account"));
        bench.Engine.Mappings.Change(StandardMappingNames.Currency, mapping => mapping.DependsOn(StandardMappingNames.Contact));

        var error = (await bench.Engine.Invoking(engine => engine.ValidateAsync()).Should().ThrowAsync<SyncConfigurationException>()).Which;

        bench.Writes.Total.Should().Be(0);
        foreach (var wrong in new[] { "noSuchField", "nosuchcolumn", "noSuchFilterField", "noSuchTable" })
        {
            error.Problems.Should().Contain(problem => problem.Contains($"'{wrong}'"));
        }

        error.Problems.Should().Contain(problem => problem.Contains("depend"));
    }

    private static async Task<TException> RunToFailureAsync<TException>(TestBench bench)
        where TException : SyncException
    {
        var failure = await bench.Engine.Invoking(engine => engine.SynchronizeFullAsync()).Should().ThrowAsync<SyncRunException>();
        bench.Writes.Total.Should().Be(0);
        foreach (var mapping in bench.Engine.Mappings.All)
        {
            (await bench.Engine.Couplings.ListAsync(mapping.Name).CountAsync()).Should().Be(0);
        }

        failure.Which.InnerExceptions.Should().AllBeOfType<TException>();
        return (TException)failure.Which.InnerExceptions[0];
    }

    private static string WithNextLink(string body, string link)
    {
        if (!body.StartsWith('{') || JsonNode.Parse(body) is not JsonObject answer || answer["value"] is not JsonArray)
        {
            return body;
        }

        answer["@odata.nextLink"] = link;
        return answer.ToJsonString();
    }

    private static Uri UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private static async Task CreateNewerFileAsync(string file)
    {
        await using (var store = new SqliteCouplingStore(file))
        {
            _ = await store.CountAsync(new MappingKey("scope", "MAPPING"), CancellationToken.None);
        }

        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version = 1000; PRAGMA journal_mode = DELETE";
        _ = await command.ExecuteNonQueryAsync();
    }
}
