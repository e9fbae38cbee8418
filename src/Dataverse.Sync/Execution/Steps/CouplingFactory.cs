namespace Dataverse.Sync.Execution;

/// <summary>Makes the coupling that is stored for a pair once its writes are answered.</summary>
internal sealed class CouplingFactory(MappingRunContext run)
{
    /// <summary>The coupling once everything of the pair's plan is done.</summary>
    public Coupling Create(PairWork work)
    {
        var plan = work.Plan!;
        var hasWritten = work.LocalOperation is not null || work.IntegrationOperation is not null;
        var next = hasWritten ? BaseAfterWrite.Compute(run.Mapping, work) : plan.NextBase ?? work.Base;
        return new()
        {
            LocalId = IdAfter(work, SyncSide.Local),
            IntegrationId = IdAfter(work, SyncSide.Integration),
            Base = next,
            LocalVersion = next is null ? 0 : VersionAfter(work, SyncSide.Local, next),
            IntegrationVersion = next is null ? 0 : VersionAfter(work, SyncSide.Integration, next),
            SynchronizedOn = next is null ? work.Coupling?.SynchronizedOn : run.Now,
        };
    }

    /// <summary>Whether a coupling says anything that the stored one does not.</summary>
    public static bool IsWorthSaving(PairWork work, Coupling after) => work.Coupling is not { } before
        || work.IsNewlyCoupled
        || !ReferenceEquals(before.Base, after.Base)
        || before.LocalVersion != after.LocalVersion
        || before.IntegrationVersion != after.IntegrationVersion;

    private static Guid IdAfter(PairWork work, SyncSide side) => work.Coupling?.IdOf(side) ?? work.On(side)?.Id ?? work.ResultOn(side)!.Id;

    private ulong VersionAfter(PairWork work, SyncSide side, SynchronizedBase? next)
    {
        if (work.OperationOn(side) is null)
        {
            return Fingerprint.OfVersion(work.On(side)?.Version);
        }

        // Without the record in the answer nobody knows what the system made of the write; the next feed will tell.
        var result = work.ResultOn(side)!;
        return result.Record is { } record && !BaseAfterWrite.Differs(run.Mapping, side, record, next) ? Fingerprint.OfVersion(result.Version) : 0;
    }
}
