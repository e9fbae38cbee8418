using System.Reflection;
using BenchmarkDotNet.Running;
using Dataverse.Sync.Benchmarks;
using Dataverse.Sync.Benchmarks.Processes;
using Dataverse.Sync.Benchmarks.Report;

switch (args)
{
    case []:
        Console.WriteLine(Usage.Text);
        return 0;
    case ["report", .. var rest]:
        return await RunReportAsync(rest);
    case [LargeRun.Verb, var records]:
        return await LargeRun.RunAsync(records, Console.Out);
    case [SqliteRun.Verb, var rows]:
        return await SqliteRun.RunAsync(rows, Console.Out);
    case [ClientRun.Verb, var businessCentral, var company, var dataverse, var customers]:
        return await ClientRun.RunAsync(new(new(businessCentral), company, new(dataverse)), customers, Console.Out);
    case [StartUp.VerbOfNothing]:
        return 0;
    case [StartUp.Verb, var port]:
        return await StartUp.RunAsync(port);
    default:
        return RunBenchmarks(args);
}

// Ctrl+C ends the measurement, which then removes its files and processes.
static async Task<int> RunReportAsync(string[] arguments)
{
    using var stop = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        stop.Cancel();
    };
    return await ReportCommand.RunAsync(arguments, Console.Out, Console.Error, stop.Token);
}

// A method of its own, so that the other verbs do not load the benchmark library.
static int RunBenchmarks(string[] arguments)
{
    _ = BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(arguments);
    return 0;
}
