using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dataverse.Sync.Hosting;

/// <summary>
/// Tells whether the store can be reached, every mapping is synchronized as scheduled, and records fail or are in
/// conflict.
/// </summary>
internal sealed class SyncHealthCheck(
    SyncEngine engine, JobQueue queue, SyncHealthOptions options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = new HealthFindings();
        try
        {
            CheckEntries(findings, await queue.ListAsync(cancellationToken).ConfigureAwait(false));
            await CheckRecordsAsync(findings, cancellationToken).ConfigureAwait(false);
        }
        catch (CouplingStoreException failure)
        {
            findings.Add(HealthStatus.Unhealthy, $"The coupling store cannot be used. {failure.Message}");
        }

        return findings.ToResult(context.Registration.FailureStatus);
    }

    private void CheckEntries(HealthFindings findings, IReadOnlyList<JobQueueEntry> entries)
    {
        // Entries may have to wait for one that takes hours, such as a first run. To restart the process would not help them.
        var isAnyInProcess = entries.Any(entry => entry.State == JobQueueEntryState.InProcess);
        TimeSpan? unhealthyDelay = isAnyInProcess ? null : options.UnhealthyDelay;
        foreach (var entry in entries.Where(entry => entry.IsEnabled))
        {
            findings.Note($"{entry.Name} state", entry.State);
            if (entry.Stored.LastSucceededOn is { } success)
            {
                findings.Note($"{entry.Name} last success", success);
            }

            if (entry.State == JobQueueEntryState.Error)
            {
                findings.Add(HealthStatus.Unhealthy, $"Entry '{entry.Name}' is in error. {entry.Stored.Message}");
            }
            else if (entry.ExpectedOn is { } expected)
            {
                findings.Compare(
                    time.GetUtcNow() - expected,
                    options.DegradedDelay,
                    unhealthyDelay,
                    $"Entry '{entry.Name}' should have succeeded by {expected.ToString("u", CultureInfo.InvariantCulture)}.");
            }
        }
    }

    private async Task CheckRecordsAsync(HealthFindings findings, CancellationToken cancellationToken)
    {
        var (failed, waiting, conflicts) = (0L, 0L, 0L);
        foreach (var name in engine.Mappings.All.Where(mapping => mapping.IsEnabled).Select(mapping => mapping.Name))
        {
            var counts = await engine.Issues.CountAsync(name, cancellationToken).ConfigureAwait(false);
            failed += counts.Failed + counts.Skipped + counts.Doubtful;
            waiting += counts.Waiting;
            conflicts += counts.OpenConflicts;
        }

        findings.Note("failed records", failed);
        findings.Note("waiting records", waiting);
        findings.Note("open conflicts", conflicts);
        findings.Compare(
            failed + waiting,
            options.DegradedFailures,
            options.UnhealthyFailures,
            string.Create(CultureInfo.InvariantCulture, $"{failed} records have failed, and {waiting} wait for others."));
        findings.Compare(
            conflicts,
            options.DegradedConflicts,
            options.UnhealthyConflicts,
            string.Create(CultureInfo.InvariantCulture, $"{conflicts} conflicts are open."));
    }
}
