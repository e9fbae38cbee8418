namespace Dataverse.Sync.Testing;

/// <summary>Converts plain .NET values to field values, so that tests can write rows concisely.</summary>
internal static class PlainValue
{
    public static FieldWrite[] ToWrites(ReadOnlySpan<(string Field, object? Value)> fields)
    {
        var writes = new FieldWrite[fields.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = new FieldWrite(fields[i].Field, ToValue(fields[i].Value));
        }

        return writes;
    }

    private static FieldValue ToValue(object? value) => value switch
    {
        null => FieldValue.Blank,
        FieldValue given => given,
        string text => FieldValue.Text(text),
        bool boolean => FieldValue.Boolean(boolean),
        int number => FieldValue.Integer(number),
        long number => FieldValue.Integer(number),
        decimal number => FieldValue.Decimal(number),
        Guid id => FieldValue.Identifier(id),
        DateOnly date => FieldValue.Date(date),
        TimeSpan duration => FieldValue.Duration(duration),
        TimeOnly time => FieldValue.Time(time),
        DateTimeOffset instant => FieldValue.DateTime(instant),
        _ => throw new ArgumentException($"A field holds no {value.GetType().Name}.", nameof(value)),
    };
}
