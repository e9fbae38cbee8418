using Dataverse.Sync.Testing;

namespace Dataverse.Sync.ForeignClients.Tests;

/// <summary>
/// The Dataverse emulator as the widely used client <c>dynamics-web-api</c> sees it. Each script is a list of checks; a check
/// that fails is named in the output.
/// </summary>
public sealed class DynamicsWebApiTests
{
    [NodeTheory]
    [InlineData("records")]
    [InlineData("queries")]
    [InlineData("tracking")]
    [InlineData("batches")]
    [InlineData("links")]
    [InlineData("functions")]
    [InlineData("metadata")]
    [InlineData("refusals")]
    public async Task The_client_finds_what_it_expects_of_the_service(string script)
    {
        await using var dataverse = await DataverseEmulator.StartAsync();
        _ = dataverse.AddTable(new DataverseTableDefinition
        {
            LogicalName = "new_document",
            SetName = "new_documents",
            PrimaryName = "new_name",
            Columns = [DataverseColumn.Text("new_name", 100), new() { Name = "new_file", Type = DataverseColumnType.File }],
        });

        var (exitCode, output) = await NodeScript.RunAsync(script, dataverse.BaseAddress.AbsoluteUri.TrimEnd('/'));

        exitCode.Should().Be(0, output);
        output.Should().MatchRegex("^[1-9][0-9]* checks", "a script without checks proves nothing");
    }
}
