using System.Globalization;

namespace Dataverse.Sync;

/// <summary>The tables that a connector checks in a diagnosis.</summary>
public sealed record DiagnosisQuery
{
    private static readonly TimeSpan ToleratedDifference = TimeSpan.FromMinutes(1);

    /// <summary>The tables that the mappings use, each once.</summary>
    public required IReadOnlyList<DiagnosedTable> Tables { get; init; }

    /// <summary>The clock of the engine.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Compares the time of a system with the clock of the engine.</summary>
    /// <param name="system">The name of the system.</param>
    /// <param name="time">The time of its clock, or null if it does not tell.</param>
    /// <returns>A finding: a warning if the two differ by more than a minute.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="system"/> is null.</exception>
    public DiagnosisFinding CompareClock(string system, DateTimeOffset? time)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (time is not { } shown)
        {
            return Finding(FindingSeverity.Information, DiagnosisCodes.ClockNotTold, $"{system} does not tell its time.");
        }

        var difference = shown - Clock.GetUtcNow();
        var seconds = Math.Abs(difference.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        var way = difference < TimeSpan.Zero ? "behind" : "ahead of";
        return difference.Duration() <= ToleratedDifference
            ? Finding(
                FindingSeverity.Information,
                DiagnosisCodes.ClockAgrees,
                $"The clock of {system} agrees with the clock of the engine within {seconds} seconds.")
            : Finding(
                FindingSeverity.Warning,
                DiagnosisCodes.ClockDiffers,
                $"The clock of {system} is {seconds} seconds {way} the clock of the engine. Changes are found by the stamps of "
                + "the systems, but uncertain writes, leases, and retries go by the engine's clock. Synchronize the clocks.");
    }

    private static DiagnosisFinding Finding(FindingSeverity severity, string code, string message) =>
        new() { Severity = severity, Area = DiagnosisArea.Clock, Code = code, Message = message };
}
