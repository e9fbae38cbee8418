using System.Globalization;
using System.Runtime.CompilerServices;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync;

/// <summary>
/// The value of a field: blank, text, boolean, whole or decimal number, identifier, date, instant, time, duration,
/// reference, or a set of options.
/// </summary>
/// <remarks>
/// Immutable and 32 bytes in size, without boxing. A connector translates the blanks of its system to
/// <see cref="Blank"/> when it reads and back when it writes; zero and <c>false</c> are values, not blanks.
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

    /// <summary>
    /// Gets a value that a connector returns for a field whose value it cannot read. The engine fails the record.
    /// </summary>
    public static FieldValue Unreadable => new(FieldValueKind.Unreadable, default);

    /// <summary>The kind of the value.</summary>
    public FieldValueKind Kind { get; }

    /// <summary>Whether there is no value.</summary>
    public bool IsBlank => Kind == FieldValueKind.Blank;

    /// <summary>Whether the value contains the id of a record.</summary>
    internal bool IsId => Kind is FieldValueKind.Identifier or FieldValueKind.Reference;

    /// <summary>Creates a text.</summary>
    /// <param name="value">The text. Null and the empty text give <see cref="Blank"/>.</param>
    /// <returns>The value.</returns>
    public static FieldValue Text(string? value) =>
        string.IsNullOrEmpty(value) ? default : new(FieldValueKind.Text, default, value);

    /// <summary>Creates a boolean.</summary>
    /// <param name="value">The boolean.</param>
    /// <returns>The value.</returns>
    public static FieldValue Boolean(bool value) => new(FieldValueKind.Boolean, new(value ? 1 : 0, 0));

    /// <summary>Creates a whole number, or the value of a Dataverse choice.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static FieldValue Integer(long value) => new(FieldValueKind.Integer, new(value, 0));

    /// <summary>Creates a decimal number.</summary>
    /// <param name="value">The number. Zeros at its end have no meaning.</param>
    /// <returns>The value.</returns>
    public static FieldValue Decimal(decimal value) =>
        new(FieldValueKind.Decimal, Unsafe.BitCast<decimal, Payload>(value));

    /// <summary>Creates an identifier.</summary>
    /// <param name="value">The GUID. The zero GUID gives <see cref="Blank"/>.</param>
    /// <returns>The value.</returns>
    public static FieldValue Identifier(Guid value) =>
        value == Guid.Empty ? default : new(FieldValueKind.Identifier, Unsafe.BitCast<Guid, Payload>(value));

    /// <summary>Creates a calendar date.</summary>
    /// <param name="value">The date.</param>
    /// <returns>The value.</returns>
    public static FieldValue Date(DateOnly value) => new(FieldValueKind.Date, new(value.DayNumber, 0));

    /// <summary>Creates an instant.</summary>
    /// <param name="value">The instant. It is converted to UTC.</param>
    /// <returns>The value.</returns>
    public static FieldValue DateTime(DateTimeOffset value) => new(FieldValueKind.DateTime, new(value.UtcTicks, 0));

    /// <summary>Creates a reference to a record.</summary>
    /// <param name="id">The id of the referenced record. The zero GUID gives <see cref="Blank"/>.</param>
    /// <param name="table">The table of the referenced record, as the connector of its side names it.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException"><paramref name="table"/> is null or empty.</exception>
    public static FieldValue Reference(Guid id, string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return id == Guid.Empty ? default : new(FieldValueKind.Reference, Unsafe.BitCast<Guid, Payload>(id), table);
    }

    /// <summary>Creates a set of options.</summary>
    /// <param name="options">
    /// The numbers of the options. Their order and repetitions have no meaning. None gives <see cref="Blank"/>.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static FieldValue MultiChoice(params IEnumerable<int> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var numbers = OptionNumbers.Format(options);
        return numbers.Length == 0 ? default : new(FieldValueKind.MultiChoice, default, numbers);
    }

    /// <summary>Creates a length of time.</summary>
    /// <param name="value">The length. Zero is a value, not a blank.</param>
    /// <returns>The value.</returns>
    public static FieldValue Duration(TimeSpan value) => new(FieldValueKind.Duration, new(value.Ticks, 0));

    /// <summary>Creates a time of day.</summary>
    /// <param name="value">The time. Midnight is a value, not a blank.</param>
    /// <returns>The value.</returns>
    public static FieldValue Time(TimeOnly value) => new(FieldValueKind.Time, new(value.Ticks, 0));

    /// <summary>Gets the text.</summary>
    /// <returns>The text; empty for a blank.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public string AsText() => Kind switch
    {
        FieldValueKind.Text => text!,
        FieldValueKind.Blank => string.Empty,
        _ => throw NotA(FieldValueKind.Text),
    };

    /// <summary>Gets the boolean.</summary>
    /// <returns>The boolean.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public bool AsBoolean() => Require(FieldValueKind.Boolean).First != 0;

    /// <summary>Gets the whole number.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public long AsInteger() => Require(FieldValueKind.Integer).First;

    /// <summary>Gets the decimal number, or a whole number as a decimal.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public decimal AsDecimal() => Kind == FieldValueKind.Integer
        ? payload.First
        : Unsafe.BitCast<Payload, decimal>(Require(FieldValueKind.Decimal));

    /// <summary>Gets the GUID of an identifier or of a reference.</summary>
    /// <returns>The GUID.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public Guid AsIdentifier() => Unsafe.BitCast<Payload, Guid>(
        Kind == FieldValueKind.Reference ? payload : Require(FieldValueKind.Identifier));

    /// <summary>Gets the calendar date.</summary>
    /// <returns>The date.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public DateOnly AsDate() => DateOnly.FromDayNumber((int)Require(FieldValueKind.Date).First);

    /// <summary>Gets the instant.</summary>
    /// <returns>The instant in UTC.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public DateTimeOffset AsDateTime() => new(Require(FieldValueKind.DateTime).First, TimeSpan.Zero);

    /// <summary>Gets the numbers of a set of options.</summary>
    /// <returns>The numbers in ascending order, each once; none for a blank.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public IReadOnlyList<int> AsMultiChoice() => Kind switch
    {
        FieldValueKind.MultiChoice => OptionNumbers.Parse(text!)!,
        FieldValueKind.Blank => [],
        _ => throw NotA(FieldValueKind.MultiChoice),
    };

    /// <summary>Gets the length of time.</summary>
    /// <returns>The length.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public TimeSpan AsDuration() => new(Require(FieldValueKind.Duration).First);

    /// <summary>Gets the time of day.</summary>
    /// <returns>The time.</returns>
    /// <exception cref="InvalidOperationException">The value is blank or of another kind.</exception>
    public TimeOnly AsTime() => new(Require(FieldValueKind.Time).First);

    /// <summary>The table to which a reference points, or null for a value of another kind.</summary>
    public string? ReferencedTable => Kind == FieldValueKind.Reference ? text : null;

    /// <summary>Determines whether two values have the same kind and content.</summary>
    /// <remarks>
    /// Texts are compared by ordinal. A whole number and a decimal number are never equal, but their fingerprints may
    /// be.
    /// </remarks>
    /// <param name="other">The other value.</param>
    /// <returns>Whether the values are equal.</returns>
    public bool Equals(FieldValue other) => Kind == other.Kind && Kind switch
    {
        FieldValueKind.Text or FieldValueKind.MultiChoice => string.Equals(text, other.text, StringComparison.Ordinal),
        FieldValueKind.Decimal => AsDecimal() == other.AsDecimal(),
        FieldValueKind.Reference =>
            payload == other.payload && string.Equals(text, other.text, StringComparison.Ordinal),
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

    /// <summary>Determines whether two values are equal.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether the values are equal.</returns>
    public static bool operator ==(FieldValue left, FieldValue right) => left.Equals(right);

    /// <summary>Determines whether two values are different.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether the values are different.</returns>
    public static bool operator !=(FieldValue left, FieldValue right) => !left.Equals(right);

    /// <summary>Returns the value as text in the invariant culture.</summary>
    /// <remarks>Do not log it: it may be personal data.</remarks>
    /// <returns>
    /// The text; empty for a blank, the GUID for a reference, and the numbers of options as <c>1,3</c>. A duration has
    /// the form of ISO 8601, such as <c>PT1H30M</c>.
    /// </returns>
    public override string ToString() => Kind switch
    {
        FieldValueKind.Blank => string.Empty,
        FieldValueKind.Unreadable => "(unreadable)",
        FieldValueKind.Text or FieldValueKind.MultiChoice => text!,
        FieldValueKind.Duration => DurationText.Format(AsDuration()),
        FieldValueKind.Time => TimeText.Format(AsTime()),
        FieldValueKind.Boolean => AsBoolean() ? "true" : "false",
        FieldValueKind.Integer => payload.First.ToString(CultureInfo.InvariantCulture),
        FieldValueKind.Decimal => AsDecimal().ToString("0.############################", CultureInfo.InvariantCulture),
        FieldValueKind.Date => AsDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldValueKind.DateTime =>
            AsDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => AsIdentifier().ToString("D"),
    };

    private Payload Require(FieldValueKind kind) => Kind == kind ? payload : throw NotA(kind);

    private InvalidOperationException NotA(FieldValueKind wanted) => new($"The value is of kind {Kind}, not {wanted}.");

    private readonly record struct Payload(long First, long Second);
}
