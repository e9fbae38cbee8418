namespace Dataverse.Sync.Execution;

/// <summary>The inserts of which nobody knows whether they were done. Their records are recognized when they come with a feed, so that none is taken for new.</summary>
internal sealed class LostInserts(CompiledMapping mapping)
{
    private readonly List<Intent> intents = [];

    public void Add(Intent intent) => intents.Add(intent);

    /// <summary>Whether a record may have a counterpart already, made by one of these inserts under an id that nobody knows.</summary>
    public bool HasUnknownResultOf(RecordKey source) =>
        intents.Exists(intent => intent.TargetId == Guid.Empty && intent.SourceId == source.Id && intent.Target == source.Side.Opposite());

    /// <summary>The insert that made a record, which is known from then on; null when the record came about otherwise.</summary>
    public Intent? TakeMakerOf(SyncSide side, TableRecord record)
    {
        var index = intents.FindIndex(intent => intent.Target == side && IsMadeBy(record, intent));
        if (index < 0)
        {
            return null;
        }

        var maker = intents[index];
        intents.RemoveAt(index);
        return maker;
    }

    /// <summary>Whether a record can be the one that an insert made: by its id, by the business key it was given, or else by its content.</summary>
    public bool IsMadeBy(TableRecord record, Intent intent)
    {
        if (intent.TargetId != Guid.Empty)
        {
            return intent.TargetId == record.Id;
        }

        if (intent.BusinessKey is { } key && mapping.Schema(intent.Target).BusinessKeyField is { } field && record.Layout.IndexOf(field) is >= 0 and var place)
        {
            return string.Equals(record[place].ToString(), key, StringComparison.OrdinalIgnoreCase);
        }

        return Array.TrueForAll(mapping.Fields, item => HoldsWhatWasSent(item, record, intent));
    }

    /// <summary>Whether a record is one that these inserts made, or looks like one.</summary>
    public bool MayHaveMade(SyncSide side, TableRecord record) => intents.Exists(intent => intent.Target == side && (IsMadeBy(record, intent) || Resembles(record, intent)));

    /// <summary>Whether a record looks like one of these inserts without being it for certain.</summary>
    public bool HasLike(SyncSide side, TableRecord record) => intents.Exists(intent => intent.Target == side && Resembles(record, intent));

    /// <summary>Whether a record holds at least half of what an insert sent: a system may have put the rest into a form of its own.</summary>
    public bool Resembles(TableRecord record, Intent intent)
    {
        if (intent.TargetId != Guid.Empty || intent.BusinessKey is not null)
        {
            return false;
        }

        var sent = Array.FindAll(mapping.Fields, field => mapping.View(intent.Outcome).Of(intent.Target, field) is not (0 or Fingerprint.None));
        return sent.Length > 0 && 2 * sent.Count(field => HoldsWhatWasSent(field, record, intent)) >= sent.Length;
    }

    private bool HoldsWhatWasSent(CompiledField field, TableRecord record, Intent intent)
    {
        var sent = mapping.View(intent.Outcome).Of(intent.Target, field);
        return sent is 0 or Fingerprint.None || mapping.View(intent.Target, record).FingerprintOf(field) == sent;
    }
}
