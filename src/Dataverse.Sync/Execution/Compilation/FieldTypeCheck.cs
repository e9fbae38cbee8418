namespace Dataverse.Sync.Execution;

/// <summary>Checks whether the values of a field mapping can be carried between the types of its two fields.</summary>
internal sealed class FieldTypeCheck(
    IIntegrationTableMapping table, IFieldMapping field, FieldSchema localField, FieldSchema integrationField)
{
    /// <summary>Returns the problems, each as the end of a sentence that begins with the field mapping.</summary>
    public IEnumerable<string> FindProblems()
    {
        // The table says what the values of both sides are. What does not fit its target fails its record.
        if (field.TableLookup is not null)
        {
            return [];
        }

        return field.Lookup is { } lookup ? LookupProblems(lookup)
            : field.Options is { } options
                ? OptionProblems(options, localField, SyncSide.Local)
                    .Concat(OptionProblems(options, integrationField, SyncSide.Integration))
            : ConversionProblem() is { } problem ? [problem]
            : [];
    }

    private string? ConversionProblem()
    {
        if (field.Converter is not null)
        {
            return null;
        }

        if (localField.Type == FieldType.Reference || integrationField.Type == FieldType.Reference)
        {
            return "is a reference and needs a lookup through another mapping.";
        }

        if (!ValueConversion.IsKnown(localField.Type, integrationField.Type))
        {
            // Rules in each direction lead from one type to the other. Without a rule there is no way.
            return Sides.Both.Any(side => IsWritten(side) && field.TransformationsTo(side).Count == 0)
                ? $"joins {localField.Type} with {integrationField.Type}; types that differ so need a converter"
                    + (HasTransformations() ? " or transformation rules in each direction." : ".")
                : null;
        }

        return field.TimeZone is null && table.TimeZone is null && TimeConversion.NeedsZone(localField, integrationField)
            ? "joins instants, which each person sees in the person's own time zone, with dates or times that are the same "
                + "for everybody. Name the time zone of the company, such as .InTimeZone(\"Europe/Amsterdam\"), on the field "
                + "mapping or the table mapping, or use a converter."
            : null;
    }

    private bool HasTransformations() => Sides.Both.Any(side => field.TransformationsTo(side).Count > 0);

    private bool IsWritten(SyncSide side) => table.Direction.ReachesSide(side) && field.Direction.ReachesSide(side);

    private static IEnumerable<string> OptionProblems(OptionMapping options, FieldSchema schema, SyncSide side)
    {
        var isKnown = options.TableOn(side) is { } known
            ? known.KeyField is not null || schema.Type is FieldType.Reference or FieldType.Identifier
            : schema.Type is FieldType.Choice or FieldType.Text or FieldType.Integer;
        if (!isKnown)
        {
            yield return $"translates options, but the {side.Word()} field '{schema.Name}' is {schema.Type}; it must be a "
                + "choice, a text, or a number, or contain the id or a key of a table of options.";
        }
    }

    private IEnumerable<string> LookupProblems(LookupMapping lookup)
    {
        if (lookup.Via.Count == 0)
        {
            yield return "has a lookup that leads through no mapping.";
        }

        if (lookup.ClearsWhenNotCoupled && field.SkipsBlank)
        {
            yield return "clears references that are not coupled and skips blanks; only one of the two is possible.";
        }

        if (lookup.IsLeftOutWhenNotCoupled && !field.SkipsBlank)
        {
            yield return "leaves out references that are not coupled, so it must skip blanks.";
        }

        var holdsId = lookup is { LocalKey: null, Link: null };
        if (integrationField.Type is not (FieldType.Reference or FieldType.Identifier)
            || (holdsId && localField.Type is not (FieldType.Reference or FieldType.Identifier)))
        {
            yield return $"looks up {localField.Type} and {integrationField.Type}; the integration column must be a "
                + "reference, and so must a local field that holds no key.";
        }
    }
}
