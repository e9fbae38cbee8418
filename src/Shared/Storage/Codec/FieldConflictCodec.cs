namespace Dataverse.Sync.Shared;

/// <summary>
/// Stores the fields of a conflict as a blob. Values are restored exactly, decimals with their scale.
/// </summary>
internal static class FieldConflictCodec
{
    public static byte[] Write(IReadOnlyList<FieldConflict> fields)
    {
        using var writer = new BlobWriter();
        writer.Count(fields.Count);
        foreach (var field in fields)
        {
            writer.Text(field.FieldMapping.Value);
            writer.Byte((byte)field.Resolution);
            Write(writer, field.Local);
            Write(writer, field.Integration);
        }

        return writer.ToArray();
    }

    /// <exception cref="FormatException">The blob is malformed.</exception>
    public static IReadOnlyList<FieldConflict> Read(ReadOnlySpan<byte> blob)
    {
        var reader = new BlobReader(blob);
        var fields = new FieldConflict[reader.Count()];
        for (var index = 0; index < fields.Length; index++)
        {
            var key = reader.Text();
            var resolution = (ConflictResolution)reader.Byte();
            fields[index] = new(key, ReadValue(ref reader), ReadValue(ref reader), resolution);
        }

        reader.RequireEnd();
        return fields;
    }

    private static void Write(BlobWriter writer, FieldValue value)
    {
        writer.Byte((byte)value.Kind);
        switch (value.Kind)
        {
            case FieldValueKind.Blank:
                break;
            case FieldValueKind.Text:
                writer.Text(value.AsText());
                break;
            case FieldValueKind.Boolean:
                writer.Byte(value.AsBoolean() ? (byte)1 : (byte)0);
                break;
            case FieldValueKind.Integer:
                writer.Int64(value.AsInteger());
                break;
            case FieldValueKind.Decimal:
                writer.Decimal(value.AsDecimal());
                break;
            case FieldValueKind.Identifier:
                writer.Guid(value.AsIdentifier());
                break;
            case FieldValueKind.Date:
                writer.Int64(value.AsDate().DayNumber);
                break;
            case FieldValueKind.DateTime:
                writer.Int64(value.AsDateTime().UtcTicks);
                break;
            case FieldValueKind.Reference:
                writer.Guid(value.AsIdentifier());
                writer.Text(value.ReferencedTable!);
                break;
            case FieldValueKind.MultiChoice:
                Write(writer, value.AsMultiChoice());
                break;
            case FieldValueKind.Duration:
                writer.Int64(value.AsDuration().Ticks);
                break;
            case FieldValueKind.Time:
                writer.Int64(value.AsTime().Ticks);
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(value), value.Kind, "Stores of this version cannot store values of this kind.");
        }
    }

    private static FieldValue ReadValue(ref BlobReader reader) => (FieldValueKind)reader.Byte() switch
    {
        FieldValueKind.Blank => FieldValue.Blank,
        FieldValueKind.Text => FieldValue.Text(reader.Text()),
        FieldValueKind.Boolean => FieldValue.Boolean(reader.Byte() != 0),
        FieldValueKind.Integer => FieldValue.Integer(reader.Int64()),
        FieldValueKind.Decimal => FieldValue.Decimal(reader.Decimal()),
        FieldValueKind.Identifier => FieldValue.Identifier(reader.Guid()),
        FieldValueKind.Date => ReadDate(ref reader),
        FieldValueKind.DateTime => ReadDateTime(ref reader),
        FieldValueKind.Reference => ReadReference(ref reader),
        FieldValueKind.MultiChoice => ReadOptions(ref reader),
        FieldValueKind.Duration => FieldValue.Duration(new(reader.Int64())),
        FieldValueKind.Time => FieldValue.Time(new(Within(reader.Int64(), TimeOnly.MaxValue.Ticks))),
        _ => throw BlobReader.Malformed(),
    };

    private static void Write(BlobWriter writer, IReadOnlyList<int> options)
    {
        writer.Count(options.Count);
        foreach (var option in options)
        {
            writer.Int64(option);
        }
    }

    private static FieldValue ReadOptions(ref BlobReader reader)
    {
        var options = new int[reader.Count()];
        for (var index = 0; index < options.Length; index++)
        {
            var option = reader.Int64();
            options[index] = option is >= int.MinValue and <= int.MaxValue ? (int)option : throw BlobReader.Malformed();
        }

        return FieldValue.MultiChoice(options);
    }

    private static FieldValue ReadDate(ref BlobReader reader)
    {
        var day = Within(reader.Int64(), DateOnly.MaxValue.DayNumber);
        return FieldValue.Date(DateOnly.FromDayNumber((int)day));
    }

    private static FieldValue ReadDateTime(ref BlobReader reader)
    {
        var ticks = Within(reader.Int64(), DateTimeOffset.MaxValue.UtcTicks);
        return FieldValue.DateTime(new(ticks, TimeSpan.Zero));
    }

    private static FieldValue ReadReference(ref BlobReader reader)
    {
        var id = reader.Guid();
        var table = reader.Text();
        return table.Length > 0 ? FieldValue.Reference(id, table) : throw BlobReader.Malformed();
    }

    private static long Within(long value, long maximum) =>
        value >= 0 && value <= maximum ? value : throw BlobReader.Malformed();
}
