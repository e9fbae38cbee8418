using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The current row of a result. Columns are numbered from zero.</summary>
/// <remarks>
/// Reading a value that its column cannot contain in a sound store throws <see cref="FormatException"/>.
/// </remarks>
internal readonly struct Row(NpgsqlDataReader reader)
{
    private const long MinimumUnixSeconds = -62_135_596_800;
    private const long MaximumUnixSeconds = 253_402_300_799;

    /// <summary>The number of columns, by which the results of different statements are told apart.</summary>
    public int Columns => reader.FieldCount;

    public bool IsNull(int column) => reader.IsDBNull(column);

    public bool Boolean(int column) => reader.GetBoolean(column);

    public long Int64(int column) => reader.GetInt64(column);

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public int Int32(int column) =>
        Int64(column) is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Malformed();

    public byte Byte(int column) =>
        Int64(column) is >= 0 and <= byte.MaxValue and var value ? (byte)value : throw Malformed();

    public Guid Guid(int column) => reader.GetGuid(column);

    public string Text(int column) => StoredText.Read(reader.GetString(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => reader.GetFieldValue<byte[]>(column);

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column);

    public DateTimeOffset Instant(int column)
    {
        var ticks = Int64(column);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new(ticks, TimeSpan.Zero) : throw Malformed();
    }

    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    public TimeSpan? DurationOrNull(int column) => Int64OrNull(column) switch
    {
        null => null,
        >= 0 and var ticks => TimeSpan.FromTicks(ticks),
        _ => throw Malformed(),
    };

    public DateTimeOffset? UnixSecondsOrNull(int column) => Int64OrNull(column) switch
    {
        null => null,
        >= MinimumUnixSeconds and <= MaximumUnixSeconds and var seconds => DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ => throw Malformed(),
    };

    private static FormatException Malformed() => new("A column of the coupling store contains an invalid value.");
}
