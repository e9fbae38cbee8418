namespace Dataverse.Sync.Execution;

/// <summary>Tells whether a record can be the one that an insert created.</summary>
internal sealed class InsertLikeness(CompiledMapping mapping)
{
    /// <summary>Whether a record fits an insert: by its id, by the business key that it was given, or else by its content.</summary>
    public bool Fits(TableRecord record, Intent intent)
    {
        if (intent.TargetId != Guid.Empty)
        {
            return intent.TargetId == record.Id;
        }

        if (intent.BusinessKey is { } key
            && mapping.Schema(intent.Target).BusinessKeyField is { } field
            && record.Layout.IndexOf(field) is >= 0 and var place)
        {
            return string.Equals(record[place].ToString(), key, StringComparison.OrdinalIgnoreCase);
        }

        return Array.TrueForAll(mapping.Fields, item => HoldsWhatWasSent(item, record, intent));
    }

    /// <summary>Whether a record holds at least half of what an insert sent: a system may have put the rest into a form of its own.</summary>
    public bool Resembles(TableRecord record, Intent intent)
    {
        if (intent.TargetId != Guid.Empty || intent.BusinessKey is not null)
        {
            return false;
        }

        var sent = Array.FindAll(mapping.Fields, field => WasSent(SentOf(field, intent)));
        return sent.Length > 0 && 2 * sent.Count(field => HoldsWhatWasSent(field, record, intent)) >= sent.Length;
    }

    private bool HoldsWhatWasSent(CompiledField field, TableRecord record, Intent intent)
    {
        var sent = SentOf(field, intent);
        return !WasSent(sent) || mapping.View(intent.Target, record).FingerprintOf(field) == sent;
    }

    private ulong SentOf(CompiledField field, Intent intent) => mapping.View(intent.Outcome).Of(intent.Target, field);

    private static bool WasSent(ulong fingerprint) => fingerprint is not (0 or Fingerprint.None);
}
