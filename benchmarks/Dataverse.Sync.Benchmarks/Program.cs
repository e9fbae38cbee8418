using System.Reflection;
using BenchmarkDotNet.Running;
using Dataverse.Sync.Benchmarks.Report;

const string Usage = $"""
    Usage: dotnet run -c Release --project benchmarks/Dataverse.Sync.Benchmarks -- VERB

      report            measures ratios and counts that mean the same on every machine; see below
      --filter PATTERN  runs BenchmarkDotNet benchmarks, such as --filter '*'; --list flat names them

    {ReportArguments.Usage}
    """;

switch (args)
{
    case []:
        Console.WriteLine(Usage);
        return 0;
    case ["report", .. var rest]:
        return await ReportCommand.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None);
    default:
        _ = BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
        return 0;
}
