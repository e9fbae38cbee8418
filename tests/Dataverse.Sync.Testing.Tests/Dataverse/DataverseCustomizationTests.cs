namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseCustomizationTests : IAsyncLifetime
{
    private const string Publication = """
        {"ParameterXml":"<importexportxml><entities><entity>account</entity></entities></importexportxml>"}
        """;

    private DataverseClient client = null!;

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task Option_is_used_when_it_is_published()
    {
        var inserted = await client.PostAsync("InsertOptionValue", Insertion("account", "paymenttermscode"));
        inserted.Status.Should().Be(200);
        inserted.Json["NewOptionValue"]!.GetValue<int>().Should().Be(100_000_000);
        (await client.PostAsync("accounts", """{"paymenttermscode":100000000}""")).ShouldFail(400, "0x8004431A");

        (await client.PostAsync("PublishXml", Publication)).Status.Should().Be(204);

        (await client.PostAsync("accounts", """{"paymenttermscode":100000000}""")).Status.Should().Be(204);
        (await client.PostAsync("InsertOptionValue", Insertion("account", "paymenttermscode"))).Json["NewOptionValue"]!
            .GetValue<int>().Should().Be(100_000_001);
    }

    [Theory]
    [InlineData("account", "name")]
    [InlineData("account", "nothing")]
    [InlineData("nothing", "paymenttermscode")]
    public async Task Column_that_is_no_choice_is_refused(string table, string column) =>
        (await client.PostAsync("InsertOptionValue", Insertion(table, column))).ShouldFail(400, "0x80040203");

    private static string Insertion(string table, string column) => $$$"""
        {"EntityLogicalName":"{{{table}}}","AttributeLogicalName":"{{{column}}}",
         "Label":{"LocalizedLabels":[{"Label":"14 DAYS","LanguageCode":1033}]}}
        """;
}
