namespace Dataverse.Sync.Execution;

/// <summary>Creates the coupling to store for a pair after its writes.</summary>
internal sealed class CouplingFactory(RunSettings settings)
{
    /// <summary>Creates the coupling of a pair whose plan was carried out completely.</summary>
    public Coupling Create(in WrittenPair written)
    {
        var pair = written.Pair;
        var next = written.Write.HasOperations
            ? BaseAfterWrite.Compute(settings.Mapping, written)
            : written.Plan.NextBase ?? pair.Base;
        return new()
        {
            LocalId = IdAfter(written, SyncSide.Local),
            IntegrationId = IdAfter(written, SyncSide.Integration),
            Base = next,
            LocalVersion = VersionAfter(written, SyncSide.Local, next),
            IntegrationVersion = VersionAfter(written, SyncSide.Integration, next),
            SynchronizedOn = next is null || IsOpen(written) ? pair.Coupling?.SynchronizedOn : settings.Now,
        };
    }

    /// <summary>Whether a coupling contains anything that the stored one does not.</summary>
    public static bool IsWorthSaving(Pair pair, Coupling after) => pair.Coupling is not { } before
        || pair.IsNewlyCoupled
        || !ReferenceEquals(before.Base, after.Base)
        || before.LocalVersion != after.LocalVersion
        || before.IntegrationVersion != after.IntegrationVersion;

    // A pair in conflict is not synchronized yet, whatever was written of it.
    private static bool IsOpen(in WrittenPair written) => written.Plan.Outcome == PlanOutcome.Conflicted;

    private static Guid IdAfter(in WrittenPair written, SyncSide side) =>
        written.Pair.IdOn(side) ?? written.Results[side]!.Id;

    private ulong VersionAfter(in WrittenPair written, SyncSide side, SynchronizedBase? next)
    {
        if (next is null)
        {
            return 0;
        }

        if (written.Write.Operations[side] is null)
        {
            return written.Pair.On(side) is { } read ? Fingerprint.OfSeen(read) : 0;
        }

        // If the response lacks the record, the stored values are unknown. The next feed delivers them.
        var result = written.Results[side]!;
        if (result.Record is not { } record)
        {
            return 0;
        }

        return settings.Mapping.Differs(side, record, next) ? Fingerprint.ReadAgain
            : result.Version is { } version ? Fingerprint.OfVersion(version) : Fingerprint.OfSeen(record);
    }
}
