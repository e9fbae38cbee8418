using CustomMapping;

namespace Dataverse.Sync.IntegrationTests.Samples;

public sealed class CustomMappingTests
{
    [Fact]
    public async Task Sample_of_a_custom_mapping_prints_what_its_file_says()
    {
        using var output = new StringWriter();

        await Sample.RunAsync(output, CancellationToken.None);

        output.ToString().ReplaceLineEndings("\n").Should().Be("""
            CUSTOMER: 1 inserted, 0 failed
            PROJECT: 2 inserted, 0 failed
            P001 | New warehouse | 1 | 2 | Steering committee
            P002 | Shelves |  | 3 | Project office
            Local has no option for 'Net 45'.
            Integration has no option for 'CASH'.
            A second run changed 0 records.

            """.ReplaceLineEndings("\n"));
    }
}
