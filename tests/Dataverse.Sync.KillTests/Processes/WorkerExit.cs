using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>How a worker's process ended.</summary>
/// <param name="Code">The exit code; <see cref="Killed"/> after SIGKILL.</param>
/// <param name="Lines">What it printed.</param>
/// <param name="Error">What it printed to the error output.</param>
internal sealed record WorkerExit(int Code, IReadOnlyList<string> Lines, string Error)
{
    /// <summary>The exit code of a process that a kill ended: 128 and the signal's number, or what Windows gives.</summary>
    public static int Killed { get; } = OperatingSystem.IsWindows() ? -1 : 137;

    public bool WasKilled => Code == Killed;

    /// <summary>How many runs of all mappings it finished.</summary>
    public int Rounds => Lines.Count(IsRound);

    public ExitCode ExitCode => (ExitCode)Code;

    /// <summary>Whether a line tells of a finished run, not of one that found a mapping busy.</summary>
    public static bool IsRound(string line) => line.Contains("inserted=", StringComparison.Ordinal);

    public override string ToString() => $"exit code {Code}; {string.Join(" | ", Lines)}; {Error}";
}
