using System.Diagnostics;
using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>A worker in a process of its own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly Task output;
    private readonly Task<string> error;
    private int killed;

    private WorkerProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        output = ReadAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Is told of every line that the worker prints.</summary>
    public Action<string>? Told { get; set; }

    /// <summary>Whether <see cref="Kill"/> was asked for.</summary>
    public bool WasKilled => Volatile.Read(ref killed) != 0;

    /// <summary>The id that the operating system gave the process.</summary>
    public int Id => process.Id;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines];
            }
        }
    }

    public static WorkerProcess Start(WorkerSettings settings) => Start("dotnet", [WorkerFile, settings.ToJson()]);

    /// <summary>Starts a program that runs a worker, such as a shell.</summary>
    public static WorkerProcess Start(string program, IReadOnlyList<string> arguments) => new(new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    });

    public static string WorkerFile { get; } = typeof(WorkerSettings).Assembly.Location;

    /// <summary>Kills the process as the kernel does it, by SIGKILL: it does not get to say or write another word.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref killed, 1) == 0)
        {
            process.Kill();
        }
    }

    /// <summary>Tells the worker to stop after its round.</summary>
    public void Stop() => process.StandardInput.Close();

    /// <summary>Waits for the end of the process, however it comes.</summary>
    public async Task<WorkerExit> WaitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(LongestWait);
        await output;
        return new(process.ExitCode, Lines, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (gate)
            {
                lines.Add(line);
            }

            Told?.Invoke(line);
        }
    }
}
