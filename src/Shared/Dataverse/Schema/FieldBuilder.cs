namespace Dataverse.Sync.Shared;

/// <summary>Makes the field of a column: what it holds, what the service does to its values, and who may use it.</summary>
internal sealed class FieldBuilder(EntityModel model)
{
    // Forms trim a text and may change its line breaks, the service may or may not. A text that is sent in this form
    // already comes back as it was sent, whoever touches its row.
    private const TextNormalization TextForm =
        TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresLineFeeds;

    private readonly NumberScales scales = new(model);
    private readonly ColumnSecurity security = new(model);

    /// <summary>Makes the field.</summary>
    /// <param name="attribute">The column.</param>
    /// <param name="details">What only the cast of its type tells.</param>
    /// <param name="column">The column as requests use it.</param>
    /// <exception cref="FormatException">The metadata are malformed.</exception>
    public FieldSchema Build(AttributeDefinition attribute, AttributeDefinition? details, Column column)
    {
        var isKey = column.Name == model.Entity.PrimaryIdAttribute;
        var canUpdate = attribute.IsValidForUpdate == true && !isKey && security.CanUpdate(attribute);
        var canInsert = attribute.IsValidForCreate == true && security.CanCreate(attribute);
        return new FieldSchema
        {
            Name = column.Name,
            Type = column.Type,
            MaxLength = column.Type == FieldType.Text && details?.MaxLength > 0 ? details.MaxLength : null,
            Scale = scales.Of(attribute, details),
            ScaleByReference = scales.ByCurrency(attribute, details),
            TimeResolution = DateRules.ResolutionOf(column.Type),
            DateTimeBehavior = BehaviorOf(details),
            TextNormalization = attribute.AttributeType is "String" or "Memo" ? TextForm : TextNormalization.None,
            CanRead = security.CanRead(attribute),

            // A row is created active and given its state afterwards; the connector does both for an insert.
            CanInsert = column.Name == ColumnNames.StateCode ? canUpdate : canInsert,
            CanUpdate = canUpdate,
            IsRequired = attribute.RequiredLevel?.Value == "SystemRequired" && attribute.IsValidForCreate == true
                && !isKey && !ColumnTypes.IsFilledBySystem(attribute.AttributeType),
            Options = [.. OptionsOf(details)],
            ReferencedTables = [.. column.Targets.Select(target => target.Table).Distinct()],
        };
    }

    private static DateTimeBehavior BehaviorOf(AttributeDefinition? details) => details?.DateTimeBehavior?.Value switch
    {
        "DateOnly" => DateTimeBehavior.DateOnly,
        "TimeZoneIndependent" => DateTimeBehavior.TimeZoneIndependent,
        _ => DateTimeBehavior.UserLocal,
    };

    private static IEnumerable<ChoiceOption> OptionsOf(AttributeDefinition? details)
    {
        var options = details?.OptionSet?.Options is { Count: > 0 } own ? own : details?.GlobalOptionSet?.Options ?? [];
        foreach (var option in options)
        {
            if (option is null)
            {
                throw new FormatException("A list of options has an empty place.");
            }

            if (option.Value is { } value)
            {
                yield return OptionOf(value, option.Label);
            }
        }
    }

    // The caller's language has the first word. A person may know the option by its text in another one.
    private static ChoiceOption OptionOf(int value, AttributeDefinition.Label? label)
    {
        var labels = (label?.LocalizedLabels ?? [])
            .Select(localized => localized?.Label)
            .Prepend(label?.UserLocalizedLabel?.Label)
            .OfType<string>()
            .Where(text => text.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new ChoiceOption(FieldValue.Integer(value), labels.Count > 0 ? labels[0] : string.Empty)
        {
            OtherLabels = [.. labels.Skip(1)],
        };
    }
}
