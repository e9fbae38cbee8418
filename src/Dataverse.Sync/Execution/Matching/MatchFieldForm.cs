namespace Dataverse.Sync.Execution;

/// <summary>The values of a match field in the form that both sides can store.</summary>
/// <remarks>
/// A name of 130 characters matches one of 100 characters that was cut, an option matches its label, and a date matches
/// the instant at which it begins. A key or a code that the other side cannot store matches nothing.
/// </remarks>
internal sealed class MatchFieldForm
{
    private readonly MatchField field;
    private readonly CompiledField conversion;
    private readonly bool isConverted;

    public MatchFieldForm(CompiledMapping mapping, MatchField field)
    {
        this.field = field;
        conversion = Array.Find(mapping.Fields, item => IsBetween(item.Mapping, field))
            ?? new(NewMapping(field), mapping.Mapping, mapping.Schemas, Sides.Of(mapping.Filter), index: -1);
        var (local, integration) = (conversion.On(SyncSide.Local), conversion.On(SyncSide.Integration));
        isConverted = !conversion.IsResolved
            && (Sides.Both.Any(conversion.IsConvertedTo) || ValueConversion.IsKnown(local.Type, integration.Type));
    }

    /// <summary>
    /// Returns the fingerprint of a record's value. It is zero for a blank, and <see cref="Fingerprint.None"/> for a
    /// value that the other side cannot store.
    /// </summary>
    public ulong FingerprintOf(TableRecord record, SyncSide side)
    {
        var value = ValueOf(record, side);
        if (value.IsBlank)
        {
            return 0;
        }

        if (value.Kind == FieldValueKind.Unreadable)
        {
            return Fingerprint.None;
        }

        var there = side == SyncSide.Local ? value : Convert(value, SyncSide.Local);
        return there is { } found && Convert(found, SyncSide.Integration) is { } common
            ? Fingerprint.Of(Comparable(common))
            : Fingerprint.None;
    }

    /// <summary>
    /// Returns the values to ask the other side for, one per form of the text. There are none if it cannot store one.
    /// </summary>
    public IEnumerable<FieldValue> QuestionsFor(TableRecord record, SyncSide source)
    {
        if (Convert(ValueOf(record, source), source.Opposite()) is not { IsBlank: false } wanted)
        {
            return [];
        }

        return InEveryForm(wanted);
    }

    /// <summary>Returns the values to ask a record's own side for, to find the records that are equal in the field.</summary>
    public IEnumerable<FieldValue> OwnQuestionsFor(TableRecord record, SyncSide side) =>
        InEveryForm(ValueOf(record, side));

    private static IEnumerable<FieldValue> InEveryForm(FieldValue wanted) => wanted.Kind == FieldValueKind.Text
        ? [wanted, FieldValue.Text(TextForm.InNormalFormC(wanted.AsText()).Trim())]
        : [wanted];

    // A record that lacks the field cannot be matched by it.
    private FieldValue ValueOf(TableRecord record, SyncSide side) =>
        record.Layout.IndexOf(field.On(side)) is >= 0 and var place ? record[place] : FieldValue.Blank;

    private static bool IsBetween(IFieldMapping mapping, MatchField field) =>
        mapping.LocalField == field.LocalField && mapping.IntegrationField == field.IntegrationField;

    private static FieldMapping NewMapping(MatchField field) =>
        new() { LocalField = field.LocalField, IntegrationField = field.IntegrationField };

    private FieldValue? Convert(FieldValue value, SyncSide target)
    {
        if (!isConverted)
        {
            return value;
        }

        try
        {
            return conversion.Convert(value, target).Value;
        }
        catch (UnfitValueException)
        {
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A converter may serve one direction only. The values are compared as they are then.
            return value;
        }
    }

    private FieldValue Comparable(FieldValue value)
    {
        if (value.Kind != FieldValueKind.Text)
        {
            return value;
        }

        var text = TextForm.Canonical(value.AsText()).Trim();
        return FieldValue.Text(field.IsCaseSensitive ? text : text.ToUpperInvariant());
    }
}
