using System.Diagnostics;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>Another process of this program or of one that lies beside it.</summary>
internal static class ChildProcess
{
    // Started through its own executable file this process is not the host.
    private static string Host => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private static string Self => typeof(ChildProcess).Assembly.Location;

    /// <summary>Starts this program again; its output goes nowhere.</summary>
    /// <param name="arguments">The hidden verb and its arguments.</param>
    public static Process StartSelf(IReadOnlyList<string> arguments) => Start(Self, arguments);

    /// <summary>Starts a program; its output goes nowhere.</summary>
    /// <param name="assembly">Its main assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string assembly, IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(Host, ["exec", assembly, .. arguments]) { RedirectStandardOutput = true })!;

    /// <summary>Runs this program again, to its end.</summary>
    /// <param name="arguments">The hidden verb and its arguments.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <returns>What it printed.</returns>
    public static Task<string> RunSelfAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(Self, arguments, cancellationToken);

    /// <summary>Runs a program, to its end.</summary>
    /// <param name="assembly">Its main assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static async Task<string> RunAsync(string assembly, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(assembly, arguments);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{Path.GetFileName(assembly)} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
