using System.Text;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>The current row of a running <see cref="Statement"/>. Columns are numbered from zero.</summary>
/// <remarks>
/// Reading a value that its column cannot contain in a sound file throws <see cref="FormatException"/>.
/// </remarks>
internal readonly struct Row(sqlite3_stmt statement)
{
    private const long MinimumUnixSeconds = -62_135_596_800;
    private const long MaximumUnixSeconds = 253_402_300_799;

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public int Int32(int column) =>
        Int64(column) is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Malformed();

    public byte Byte(int column) =>
        Int64(column) is >= 0 and <= byte.MaxValue and var value ? (byte)value : throw Malformed();

    public Guid Guid(int column) => IdBytes.Read(Blob(column));

    // Read as bytes, because text that SQLite returns ends at the first zero character, which the message of a service
    // can contain.
    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes of a blob or text. They are valid until the statement moves to the next row.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

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

    private static FormatException Malformed() => new("A column of the coupling file contains an invalid value.");
}
