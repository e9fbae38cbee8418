namespace Dataverse.Sync.Execution;

/// <summary>Determines whether an insert may have created a record.</summary>
internal sealed class InsertLikeness(CompiledMapping mapping)
{
    /// <summary>
    /// Whether a record fits an insert by its id, by the business key that was sent, or otherwise by its content.
    /// </summary>
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

        return Array.TrueForAll(mapping.Fields, item => HoldsSentValue(item, record, intent));
    }

    /// <summary>
    /// Whether a record contains at least half of the values that an insert sent. The system may have stored the others
    /// in its own form.
    /// </summary>
    public bool Resembles(TableRecord record, Intent intent)
    {
        if (intent.TargetId != Guid.Empty || intent.BusinessKey is not null)
        {
            return false;
        }

        var sent = Array.FindAll(mapping.Fields, field => WasSent(SentOf(field, intent)));
        return sent.Length > 0 && 2 * sent.Count(field => HoldsSentValue(field, record, intent)) >= sent.Length;
    }

    private bool HoldsSentValue(CompiledField field, TableRecord record, Intent intent)
    {
        var sent = SentOf(field, intent);
        var values = mapping.View(intent.Target, record);
        return !WasSent(sent)
            || !field.CanRead(intent.Target)
            || (values.Has(field) && values.Holds(field, sent));
    }

    private ulong SentOf(CompiledField field, Intent intent) => mapping.View(intent.Outcome).Of(intent.Target, field);

    private static bool WasSent(ulong fingerprint) => Fingerprint.IsOfValue(fingerprint);
}
