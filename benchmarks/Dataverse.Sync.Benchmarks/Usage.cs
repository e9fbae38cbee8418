using Dataverse.Sync.Benchmarks.Report;

namespace Dataverse.Sync.Benchmarks;

/// <summary>What the program can be asked for.</summary>
internal static class Usage
{
    public const string Text = $"""
        Usage: dotnet run -c Release --project benchmarks/Dataverse.Sync.Benchmarks -- VERB

        {ReportArguments.Usage}

        --filter PATTERN    runs BenchmarkDotNet benchmarks, such as --filter '*'; --list flat names them
        """;
}
