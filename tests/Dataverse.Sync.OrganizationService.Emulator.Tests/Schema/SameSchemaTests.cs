using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Both connectors tell the same of tables and rows, so that couplings and fingerprints of one hold for the other.</summary>
public sealed class SameSchemaTests
{
    [Theory]
    [InlineData("account")]
    [InlineData("contact")]
    [InlineData("systemuser")]
    [InlineData("transactioncurrency")]
    [InlineData("no_such_table")]
    public async Task Schemas_are_equal(string table)
    {
        await using var emulator = await DataverseEmulator.StartAsync();
        using var webApi = OverWebApi(emulator);
        using var sdk = OverSdk(emulator);

        var expected = await webApi.GetSchemaAsync(table, default);
        var schema = await sdk.GetSchemaAsync(table, default);

        (schema is null).Should().Be(expected is null);
        schema.Should().BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Schemas_of_a_table_with_columns_of_every_type_are_equal()
    {
        await using var emulator = await DataverseEmulator.StartAsync();
        var table = TablesUnderTest.Project(emulator);
        using var webApi = OverWebApi(emulator);
        using var sdk = OverSdk(emulator);

        (await sdk.GetSchemaAsync(table.Name, default)).Should().BeEquivalentTo(await webApi.GetSchemaAsync(table.Name, default));
    }

    [Fact]
    public async Task Rows_and_versions_are_equal()
    {
        await using var emulator = await DataverseEmulator.StartAsync();
        var table = TablesUnderTest.Project(emulator);
        using var webApi = OverWebApi(emulator);
        using var sdk = OverSdk(emulator);
        var writes = table.Samples.Select(sample => new FieldWrite(sample.Name, sample.Values[0]));
        var id = Guid.NewGuid();
        var operation = new WriteOperation { Kind = WriteKind.Insert, Id = id, Fields = [.. table.Always, .. writes] };
        var results = await sdk.WriteAsync(new WriteBatch(table.Name, [operation]), default);
        var schema = (await sdk.GetSchemaAsync(table.Name, default))!;
        var query = new RecordQuery { Table = table.Name, Fields = [.. schema.Fields.Select(field => field.Name)], Ids = [id] };

        var expected = (await webApi.ReadByIdAsync(query, default))[0];
        var record = (await sdk.ReadByIdAsync(query, default))[0];

        results[0].Status.Should().Be(WriteStatus.Applied);
        record.Values.ToArray().Should().Equal(expected.Values.ToArray());
        (record.Id, record.Version, record.ModifiedOn).Should().Be((expected.Id, expected.Version, expected.ModifiedOn));
    }

    [Fact]
    public async Task Identities_are_equal()
    {
        await using var emulator = await DataverseEmulator.StartAsync();
        using var webApi = OverWebApi(emulator);
        using var sdk = OverSdk(emulator);

        (await sdk.IdentifyAsync(default)).Should().Be(await webApi.IdentifyAsync(default));
        sdk.Identity.Should().Be(webApi.Identity);
    }

    private static WebApiConnector OverWebApi(DataverseEmulator emulator) => new(new WebApiOptions
    {
        EnvironmentUrl = emulator.BaseAddress,
        AccessToken = _ => new("token"),
    });

    private static OrganizationServiceConnector OverSdk(DataverseEmulator emulator) =>
        new(new EmulatedOrganizationService(emulator), new OrganizationServiceOptions { EnvironmentUrl = emulator.BaseAddress });
}
