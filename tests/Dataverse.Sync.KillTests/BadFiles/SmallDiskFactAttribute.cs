using System.ComponentModel;
using System.Diagnostics;

namespace Dataverse.Sync.KillTests;

/// <summary>A fact that needs a small disk of its own: a file system in memory, mounted for one process and its children.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(TryMount);

    public SmallDiskFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !CanMount.Value)
        {
            Skip = "This machine does not let the user mount a file system, not even for one process.";
        }
    }

    /// <summary>The arguments of <c>unshare</c> that give a program mounts of its own, and the right to make them.</summary>
    public static IReadOnlyList<string> OwnMounts { get; } = Environment.IsPrivilegedProcess ? ["--mount"] : ["--user", "--map-root-user", "--mount"];

    private static bool TryMount()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("unshare", [.. OwnMounts, "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /tmp"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
