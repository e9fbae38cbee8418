using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dataverse.Sync;

/// <summary>The value of one field: blank, text, boolean, number, identifier, date, instant, or reference.</summary>
/// <remarks>
/// An immutable value of 32 bytes that boxes nothing, so that a page of records is a few arrays. A connector translates its wire's
/// blank conventions to <see cref="Blank"/> on reading and back on writing; zero and <c>false</c> are values, not blanks.
/// </remarks>
public readonly struct FieldValue : IEquatable<FieldValue>
{
    private readonly string? text;
    private readonly Payload payload;

    private FieldValue(FieldValueKind kind, Payload payload, string? text = null)
    {
        Kind = kind;
        this.payload = payload;
        this.text = text;
    }

    /// <summary>The absence of a value.</summary>
    public static FieldValue Blank => default;

    /// <summary>What the value holds.</summary>
    public FieldValueKind Kind { get; }

    /// <summary>Whether there is no value.</summary>
    public bool IsBlank => Kind == FieldValueKind.Blank;

    /// <summary>Makes a text; null and the empty text are <see cref="Blank"/>.</summary>
    public static FieldValue Text(string? value) =>
        string.IsNullOrEmpty(value) ? default : new(FieldValueKind.Text, default, value);

    /// <summary>Makes a boolean.</summary>
    public static FieldValue Boolean(bool value) => new(FieldValueKind.Boolean, new(value ? 1 : 0, 0));

    /// <summary>Makes a whole number.</summary>
    public static FieldValue Integer(long value) => new(FieldValueKind.Integer, new(value, 0));

    /// <summary>Makes a decimal number.</summary>
    public static FieldValue Decimal(decimal value) => new(FieldValueKind.Decimal, Unsafe.BitCast<decimal, Payload>(value));

    /// <summary>Makes an identifier; the zero GUID is <see cref="Blank"/>.</summary>
    public static FieldValue Identifier(Guid value) =>
        value == Guid.Empty ? default : new(FieldValueKind.Identifier, Unsafe.BitCast<Guid, Payload>(value));

    /// <summary>Makes a calendar date.</summary>
    public static FieldValue Date(DateOnly value) => new(FieldValueKind.Date, new(value.DayNumber, 0));

    /// <summary>Makes an instant; an offset is converted to UTC.</summary>
    public static FieldValue DateTime(DateTimeOffset value) => new(FieldValueKind.DateTime, new(value.UtcTicks, 0));

    /// <summary>Makes a reference to a record; the zero GUID is <see cref="Blank"/>.</summary>
    /// <param name="id">The id of the record referred to.</param>
    /// <param name="table">The name of its table, as the connector of its side names it.</param>
    public static FieldValue Reference(Guid id, string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return id == Guid.Empty ? default : new(FieldValueKind.Reference, Unsafe.BitCast<Guid, Payload>(id), table);
    }

    /// <summary>The text; blank gives the empty text.</summary>
    /// <exception cref="InvalidOperationException">The value holds something else.</exception>
    public string AsText() => Kind switch
    {
        FieldValueKind.Text => text!,
        FieldValueKind.Blank => string.Empty,
        _ => throw NotA(FieldValueKind.Text),
    };

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">The value holds something else.</exception>
    public bool AsBoolean() => Require(FieldValueKind.Boolean).First != 0;

    /// <summary>The whole number.</summary>
    /// <exception cref="InvalidOperationException">The value holds something else.</exception>
    public long AsInteger() => Require(FieldValueKind.Integer).First;

    /// <summary>The decimal number; a whole number is widened.</summary>
    /// <exception cref="InvalidOperationException">The value holds something else.</exception>
    public decimal AsDecimal() => Kind == FieldValueKind.Integer
        ? payload.First
        : Unsafe.BitCast<Payload, decimal>(Require(FieldValueKind.Decimal));

    /// <summary>The GUID of an identifier or a reference.</summary>
    /// <exception cref="InvalidOperationException">The value holds something else.</exception>
    public Guid AsIdentifier() => Unsafe.BitCast<Payload, Guid>(
        Kind == FieldValueKind.Reference ? payload : Require(FieldValueKind.Identifier));

    /// <summary>The calendar date.</summary>
    /// <exception cref="InvalidOperationException">The value holds something else.</exception>
    public DateOnly AsDate() => DateOnly.FromDayNumber((int)Require(FieldValueKind.Date).First);

    /// <summary>The instant, in UTC.</summary>
    /// <exception cref="InvalidOperationException">The value holds something else.</exception>
    public DateTimeOffset AsDateTime() => new(Require(FieldValueKind.DateTime).First, TimeSpan.Zero);

    /// <summary>The table that a reference points into; null for every other kind.</summary>
    public string? ReferencedTable => Kind == FieldValueKind.Reference ? text : null;

    /// <summary>Whether two values are of one kind and the same; texts are compared by their characters, letter case included.</summary>
    public bool Equals(FieldValue other) => Kind == other.Kind && Kind switch
    {
        FieldValueKind.Text => string.Equals(text, other.text, StringComparison.Ordinal),
        FieldValueKind.Decimal => AsDecimal() == other.AsDecimal(),
        FieldValueKind.Reference => payload == other.payload && string.Equals(text, other.text, StringComparison.Ordinal),
        _ => payload == other.payload,
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FieldValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        FieldValueKind.Decimal => AsDecimal().GetHashCode(),
        _ => HashCode.Combine(Kind, payload, text is null ? 0 : string.GetHashCode(text, StringComparison.Ordinal)),
    };

    /// <summary>Whether two values are the same.</summary>
    public static bool operator ==(FieldValue left, FieldValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(FieldValue left, FieldValue right) => !left.Equals(right);

    /// <summary>The value as invariant text, for people and for conversion; blank gives the empty text. Keep it out of logs.</summary>
    public override string ToString() => Kind switch
    {
        FieldValueKind.Blank => string.Empty,
        FieldValueKind.Text => text!,
        FieldValueKind.Boolean => AsBoolean() ? "true" : "false",
        FieldValueKind.Integer => payload.First.ToString(CultureInfo.InvariantCulture),
        FieldValueKind.Decimal => AsDecimal().ToString("0.############################", CultureInfo.InvariantCulture),
        FieldValueKind.Date => AsDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldValueKind.DateTime => AsDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => AsIdentifier().ToString("D"),
    };

    private Payload Require(FieldValueKind kind) => Kind == kind ? payload : throw NotA(kind);

    private InvalidOperationException NotA(FieldValueKind wanted) => new($"The field holds {Kind}, not {wanted}.");

    private readonly record struct Payload(long First, long Second);
}
