namespace Dataverse.Sync.Testing;

/// <summary>Checks and normalizes written values: type, code, option, and length.</summary>
internal sealed class FieldRules(TableSchema schema, RecordLayout layout, InMemoryTableOptions options)
{
    private TableSchema schema = schema;
    private InMemoryTableOptions options = options;

    /// <summary>Takes over other definitions of the same fields.</summary>
    public void Change(TableSchema changed, InMemoryTableOptions changedOptions) =>
        (schema, options) = (changed, changedOptions);

    /// <summary>The values of a record to which nothing has been written.</summary>
    public FieldValue[] Empty() => [.. schema.Fields.Select(DefaultOf)];

    /// <summary>Writes values over those of a record.</summary>
    /// <param name="fields">What is written.</param>
    /// <param name="values">
    /// The record's values in the order of the layout; changed in place, of no use after an error.
    /// </param>
    /// <param name="kind">Whether the record is new.</param>
    /// <param name="asSystem">Whether fields that are read-only to the connector may be written too.</param>
    /// <returns>Why the system refuses; null when it does not.</returns>
    public SyncError? Apply(IReadOnlyList<FieldWrite> fields, FieldValue[] values, WriteKind kind, bool asSystem)
    {
        Span<bool> isWritten = values.Length <= 256 ? stackalloc bool[values.Length] : new bool[values.Length];
        foreach (var (name, value) in fields)
        {
            if (layout.IndexOf(name) is not (>= 0 and var ordinal))
            {
                return new SyncError(
                    InMemoryErrorCodes.FieldNotFound, $"Table '{schema.Name}' has no field '{name}'.", name);
            }

            if (isWritten[ordinal])
            {
                throw new ArgumentException($"A write names a field once; '{name}' comes twice.", nameof(fields));
            }

            isWritten[ordinal] = true;
            var field = schema.Fields[ordinal];
            if (!asSystem && !(kind == WriteKind.Insert ? field.CanInsert : field.CanUpdate))
            {
                return new SyncError(InMemoryErrorCodes.FieldNotWritable, $"Field '{name}' cannot be written.", name);
            }

            if (Store(field, value, out values[ordinal]) is { } error)
            {
                return error;
            }
        }

        ScaleByReferences(values);
        return null;
    }

    /// <summary>The first required field that is without a value, as an error; null when there is none.</summary>
    public SyncError? FindMissing(FieldValue[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (schema.Fields[i].IsRequired && values[i].IsBlank)
            {
                return new SyncError(
                    InMemoryErrorCodes.ValueRequired, $"Field '{schema.Fields[i].Name}' must have a value.",
                    schema.Fields[i].Name);
            }
        }

        return null;
    }

    private FieldValue DefaultOf(FieldSchema field) => options.Fields.GetValueOrDefault(field.Name)?.DefaultValue
        ?? (field.Type == FieldType.Boolean ? FieldValue.Boolean(false) : StoredForm.Blank(field));

    private SyncError? Store(FieldSchema field, FieldValue value, out FieldValue stored)
    {
        if (!TryConvert(field, value, out stored))
        {
            return new SyncError(
                InMemoryErrorCodes.WrongType, $"Field '{field.Name}' holds {field.Type}, not {value.Kind}.",
                field.Name);
        }

        stored = StoredForm.Of(stored, field, options.Fields.GetValueOrDefault(field.Name), options);
        if (options.Normalize is { } normalize)
        {
            stored = normalize(field, stored);
        }

        if (stored.Kind == FieldValueKind.Text && stored.AsText().Length > field.MaxLength)
        {
            return new SyncError(
                InMemoryErrorCodes.TextTooLong, $"Field '{field.Name}' holds at most {field.MaxLength} characters.",
                field.Name);
        }

        if (field is { Type: FieldType.Choice or FieldType.MultiChoice, Options.Count: > 0 } && !stored.IsBlank
            && !IsOption(field, stored))
        {
            return new SyncError(
                InMemoryErrorCodes.OptionNotFound, $"Field '{field.Name}' has no such option.", field.Name);
        }

        return null;
    }

    // An amount whose reference changes may lose decimal places too.
    private void ScaleByReferences(FieldValue[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (schema.Fields[i] is { ScaleByReference: { } byReference } field)
            {
                var reference = layout.IndexOf(byReference.Field) is >= 0 and var at ? values[at] : FieldValue.Blank;
                var isKnown = reference.Kind is FieldValueKind.Reference or FieldValueKind.Identifier;
                var scale = isKnown && byReference.Scales.TryGetValue(reference.AsIdentifier(), out var places)
                    ? places
                    : field.Scale;
                values[i] = StoredForm.Number(values[i], scale, options);
            }
        }
    }

    private static bool IsOption(FieldSchema field, FieldValue value) => value.Kind == FieldValueKind.MultiChoice
        ? value.AsMultiChoice().All(number => IsOption(field, FieldValue.Integer(number)))
        : field.Options.Any(option => option.Value == value);

    /// <summary>Whether the field's type can hold the value, and the value as it holds it.</summary>
    private static bool TryConvert(FieldSchema field, FieldValue value, out FieldValue converted)
    {
        converted = (field.Type, value.Kind) switch
        {
            (FieldType.Text, FieldValueKind.Text) when field.IsCode =>
                FieldValue.Text(value.AsText().Trim().ToUpperInvariant()),
            (FieldType.Decimal, FieldValueKind.Integer) => FieldValue.Decimal(value.AsInteger()),
            (FieldType.Identifier, FieldValueKind.Reference) => FieldValue.Identifier(value.AsIdentifier()),
            (FieldType.Reference, FieldValueKind.Identifier) when field.ReferencedTables.Count == 1 =>
                FieldValue.Reference(value.AsIdentifier(), field.ReferencedTables[0]),
            _ => value,
        };
        return converted.IsBlank || Holds(field, converted);
    }

    private static bool Holds(FieldSchema field, FieldValue value) => field.Type switch
    {
        FieldType.Text => value.Kind == FieldValueKind.Text,
        FieldType.Boolean => value.Kind == FieldValueKind.Boolean,
        FieldType.Integer => value.Kind == FieldValueKind.Integer,
        FieldType.Decimal => value.Kind == FieldValueKind.Decimal,
        FieldType.Identifier => value.Kind == FieldValueKind.Identifier,
        FieldType.Date => value.Kind == FieldValueKind.Date,
        FieldType.DateTime => value.Kind == FieldValueKind.DateTime,
        FieldType.Choice => value.Kind is FieldValueKind.Integer or FieldValueKind.Text,
        FieldType.MultiChoice => value.Kind == FieldValueKind.MultiChoice,
        FieldType.Duration => value.Kind == FieldValueKind.Duration,
        FieldType.Time => value.Kind == FieldValueKind.Time,
        _ => value.ReferencedTable is { } table
            && (field.ReferencedTables.Count == 0 || field.ReferencedTables.Contains(table)),
    };
}
