using System.Diagnostics;
using System.Reflection;

namespace Cluster;

/// <summary>A worker in a process of its own: this program once more.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;

    /// <summary>Starts a worker.</summary>
    /// <param name="number">The number under which it is shown.</param>
    /// <param name="settings">What it is told.</param>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <param name="told">Is called with every line that it prints.</param>
    public WorkerProcess(int number, WorkerSettings settings, string connectionString, Action<WorkerProcess, string> told)
    {
        Number = number;
        process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Program(), "worker", settings.ToJson()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [Arguments.Variable] = connectionString },
        })!;
        Reading = ReadAsync(told);
    }

    public int Number { get; }

    public int Id => process.Id;

    /// <summary>The number of runs that it started.</summary>
    public int Runs { get; set; }

    public bool WasKilled { get; private set; }

    /// <summary>Completes when the worker has printed its last line.</summary>
    public Task Reading { get; }

    /// <summary>Kills the process as the kernel does: it cannot put anything in order.</summary>
    public void Kill()
    {
        WasKilled = true;
        process.Kill();
    }

    /// <summary>Lets the worker end its runs, and waits for it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        await Reading;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    // The host of .NET runs the program if it was not started by its own executable file.
    private static IEnumerable<string> Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];

    private async Task ReadAsync(Action<WorkerProcess, string> told)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            told(this, line);
        }
    }
}
