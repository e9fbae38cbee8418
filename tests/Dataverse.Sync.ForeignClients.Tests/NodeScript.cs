using System.ComponentModel;
using System.Diagnostics;

namespace Dataverse.Sync.ForeignClients.Tests;

/// <summary>Runs the scripts of this project in Node.js.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string? Folder = FindFolder();
    private static readonly Lazy<string?> Found = new(FindObstacle);

    /// <summary>Why no script can run; null where they can.</summary>
    public static string? Obstacle => Found.Value;

    /// <summary>Runs a script to its end.</summary>
    /// <param name="name">The name of the script without its extension.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The exit code and all that was written.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(StartInfo([Path.Combine(Folder!, "Scripts", $"{name}.mjs"), .. arguments]))!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await error);
    }

    private static string? FindObstacle()
    {
        if (Folder is null || !Directory.Exists(Path.Combine(Folder, "node_modules", "dynamics-web-api")))
        {
            return "The packages are not installed: run .ci/clients.";
        }

        try
        {
            using var process = Process.Start(StartInfo(["--version"]))!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "Node.js does not run.";
        }
        catch (Win32Exception)
        {
            return "Node.js is not installed.";
        }
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments) => new("node", arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    // The packages stand beside the sources, not beside the binaries.
    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "package.json")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
