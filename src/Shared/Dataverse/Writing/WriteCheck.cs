namespace Dataverse.Sync.Shared;

/// <summary>Finds the writes that the service would refuse, and the field because of which it would.</summary>
internal static class WriteCheck
{
    /// <summary>The problem of a write; null when none is known.</summary>
    public static SyncError? ProblemOf(TableDefinition table, WriteOperation operation)
    {
        if (operation.ExpectedVersion is { } version && !HeaderValue.IsOne(version))
        {
            return new SyncError("VersionMalformed", "The expected version cannot be sent in a header.");
        }

        var fields = operation.Kind == WriteKind.Delete ? [] : operation.Fields;
        for (var index = 0; index < fields.Count; index++)
        {
            if (ProblemOf(table, operation, fields[index]) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static SyncError? ProblemOf(TableDefinition table, WriteOperation operation, FieldWrite write)
    {
        var message = Problem(table, operation, write);
        return message is null
            ? null
            : new SyncError(SyncErrorCodes.ValueNotConvertible, $"Field '{write.Field}': {message}", write.Field);
    }

    private static string? Problem(TableDefinition table, WriteOperation operation, FieldWrite write)
    {
        if (table.Schema.Find(write.Field) is not { } field || !table.Columns.TryGetValue(write.Field, out var column))
        {
            return "The table has no such field.";
        }

        if (!(operation.Kind == WriteKind.Insert ? field.CanInsert : field.CanUpdate))
        {
            return "The field cannot be written.";
        }

        if (write.Field == ColumnNames.FullName && table.FullName is not null)
        {
            return NameProblem(operation, write.Value);
        }

        return write.Value.IsBlank ? BlankProblem(column) : ValueProblem(field, column, write.Value);
    }

    private static string? NameProblem(WriteOperation operation, FieldValue value)
    {
        if (operation.Fields.Any(write => write.Field is ColumnNames.FirstName or ColumnNames.MiddleName or ColumnNames.LastName))
        {
            return "A full name is written together with a part of it.";
        }

        if (value.IsBlank)
        {
            return null;
        }

        if (value.Kind != FieldValueKind.Text)
        {
            return $"A value of the kind {value.Kind} does not fit a full name.";
        }

        return string.IsNullOrWhiteSpace(value.AsText())
            ? "A full name has at least one letter."
            : TextRules.Problem(value.AsText());
    }

    private static string? BlankProblem(Column column) =>
        column.Type == FieldType.Reference && column.TargetOf(default) is null
            ? "The field's tables are unknown."
            : null;

    private static string? ValueProblem(FieldSchema field, Column column, FieldValue value)
    {
        if (value.Kind == FieldValueKind.Text && TextRules.Problem(value.AsText()) is { } problem)
        {
            return problem;
        }

        if (!ColumnValues.Accepts(column.Type, value))
        {
            return value.Kind == FieldValueKind.Duration && column.Type == FieldType.Duration
                ? "The duration is not a number of whole minutes of 32 bits."
                : $"A value of the kind {value.Kind} does not fit a field of the type {column.Type}.";
        }

        return column.Type switch
        {
            FieldType.Text => value.AsText().Length > field.MaxLength ? "The text is longer than the field." : null,
            FieldType.Reference => column.TargetOf(value) is null ? "The field cannot refer to that table." : null,
            FieldType.Integer => RangeProblem(column, value),
            _ => DateRules.Problem(value),
        };
    }

    private static string? RangeProblem(Column column, FieldValue value) =>
        column.ColumnType == ColumnTypes.Integer && value.AsDecimal() is < int.MinValue or > int.MaxValue
            ? "The number is out of range."
            : null;
}
