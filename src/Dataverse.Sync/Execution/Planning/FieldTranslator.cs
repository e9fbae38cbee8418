namespace Dataverse.Sync.Execution;

/// <summary>Translates a field value for the other side: by conversion, or through couplings for a reference.</summary>
internal sealed class FieldTranslator(IReferenceTranslator references)
{
    /// <summary>Translates a value into the form in which a side stores it.</summary>
    /// <param name="field">The field mapping.</param>
    /// <param name="value">The value of the other side.</param>
    /// <param name="target">The side for which the value is translated.</param>
    /// <param name="scaleReference">The reference that the scale of an amount follows, or blank.</param>
    public Translation Translate(
        CompiledField field, FieldValue value, SyncSide target, FieldValue scaleReference = default)
    {
        try
        {
            return field.Mapping.Lookup is { } lookup ? TranslateReference(field, lookup, value, target)
                : field.IsResolved ? references.Translate(field, value, target)
                : Translation.To(field.Convert(value, target, scaleReference));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A converter is user code and gets no token of the run: whatever it throws, even a cancellation of its own, is
            // the fault of this value.
            return ConversionErrors.TranslationOf(failure, field, target);
        }
    }

    /// <summary>
    /// Whether two values agree on a side to which the field is synchronized, both in the form in which the side stores
    /// them. A value that cannot be translated does not.
    /// </summary>
    /// <param name="field">The field mapping.</param>
    /// <param name="value">The value of the other side.</param>
    /// <param name="existing">The value of the side.</param>
    /// <param name="target">The side.</param>
    /// <param name="scaleReference">The reference that the scale of an amount follows, or blank.</param>
    /// <param name="isFirst">
    /// Whether the field was never synchronized, so that a zero and a blank agree. Nobody entered one over the other.
    /// </param>
    public bool Agree(
        CompiledField field, FieldValue value, FieldValue existing, SyncSide target, FieldValue scaleReference, bool isFirst)
    {
        if (!field.Reaches(target)
            || Translate(field, value, target, scaleReference) is not { Error: null, IsCleared: false } translation)
        {
            return false;
        }

        var stored = ValueFitting.AsStored(existing, field.On(target), scaleReference);
        return field.AreSame(translation.Value, existing)
            || field.AreSame(translation.Value, stored)
            || DifferOnlyInForm(field, translation.Value, existing, target, scaleReference)
            || (isFirst && ValueConversion.AreEquivalent(translation.Value, stored));
    }

    /// <summary>Whether a value has a counterpart on the other side.</summary>
    public bool CanCarry(CompiledField field, FieldValue value, SyncSide target) =>
        Translate(field, value, target) is { IsTranslated: true, IsCleared: false };

    /// <summary>Whether a value of the other side becomes a blank on a side to which the field is synchronized.</summary>
    public bool IsBlankOn(CompiledField field, FieldValue value, SyncSide target) =>
        field.Reaches(target) && Translate(field, value, target) is { Error: null, IsCleared: false, Value.IsBlank: true };

    /// <summary>
    /// Whether a side contains what the value of the other side converts to, so that nobody edited it.
    /// </summary>
    /// <param name="field">The field mapping.</param>
    /// <param name="value">The value of the other side.</param>
    /// <param name="target">The side that contains <paramref name="found"/>.</param>
    /// <param name="found">The value that the side contains.</param>
    /// <param name="scaleReference">The reference that the scale of an amount follows, or blank.</param>
    /// <param name="doubts">Why the side may contain another form of what was sent.</param>
    public bool IsEcho(
        CompiledField field,
        FieldValue value,
        SyncSide target,
        FieldValue found,
        FieldValue scaleReference,
        EchoDoubts doubts)
    {
        if (!field.Reaches(target)
            || Translate(field, value, target, scaleReference) is not { Error: null, IsCleared: false } translation)
        {
            return false;
        }

        return field.AreSame(translation.Value, found)
            || DifferOnlyInForm(field, translation.Value, found, target, scaleReference)
            || (doubts.IsUnconfirmed
                && ValueFitting.MayBeStoredAs(translation.Value, found, field.On(target), scaleReference))
            || (doubts.IsScaleChanged && MayBeRoundedTo(field, value, target, found, scaleReference));
    }

    /// <summary>
    /// Whether all of a value is on the other side when it is synchronized. Rules that lose content leave a part of it here.
    /// </summary>
    public bool IsWholeOnOther(CompiledField field, FieldValue value, SyncSide side) =>
        field.LossTo(side.Opposite()) != TransformationLoss.Content
        || (Translate(field, value, side.Opposite()) is { IsTranslated: true } sent
            && Translate(field, sent.Value, side) is { IsTranslated: true } back
            && field.AreSame(back.Value, value));

    // Both would be one value if they came from the other side, because the rules of a field that is synchronized both ways
    // lose what distinguishes them. In a one-way field, the target has the form that the rules give.
    private bool DifferOnlyInForm(
        CompiledField field, FieldValue sent, FieldValue found, SyncSide target, FieldValue scaleReference) =>
        field.LossTo(target) == TransformationLoss.Form
        && field.Reaches(target.Opposite())
        && Translate(field, found, target.Opposite()) is { IsTranslated: true } back
        && Translate(field, back.Value, target, scaleReference) is { IsTranslated: true } again
        && field.AreSame(again.Value, sent);

    private static bool MayBeRoundedTo(
        CompiledField field, FieldValue value, SyncSide target, FieldValue found, FieldValue scaleReference)
    {
        try
        {
            var unfitted = field.ConvertUnfitted(value, target);
            return ValueFitting.MayBeRoundedTo(unfitted, found, field.On(target), scaleReference);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The converter has just converted the value. One that fails now knows no other form of it.
            return false;
        }
    }

    // The value of a reference that is no id, such as a salesperson's code, is a key: it fits the field or fails.
    private Translation TranslateReference(
        CompiledField field, LookupMapping lookup, FieldValue value, SyncSide target)
    {
        var translation = references.Translate(field, value, target);
        if (translation.IsTranslated)
        {
            _ = ValueFitting.Fit(translation.Value, field.On(target), isKey: true);
            return translation;
        }

        return lookup.ClearsWhenNotCoupled || lookup.IsLeftOutWhenNotCoupled
            ? Translation.Clearing(translation)
            : !translation.IsOfCircle ? translation
            : field.CanBePostponed(target) ? Translation.Postponing(translation)
            : Translation.Waiting(StuckIn(translation.Error!), translation.Awaited!);
    }

    private static SyncError StuckIn(SyncError missing) => new(
        SyncErrorCodes.ReferenceCircle,
        $"{missing.Message} That record refers back to this one, directly or through others, and neither can be created "
            + "first: the reference is required, cannot be changed later, or decides about the filter of the mapping.",
        missing.Field);
}
