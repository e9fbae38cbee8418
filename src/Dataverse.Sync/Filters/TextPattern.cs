namespace Dataverse.Sync;

/// <summary>
/// A filter that passes records in which a field, as text, matches a pattern. Created by <see
/// cref="RecordFilter.Like"/>.
/// </summary>
public sealed record TextPattern : RecordFilter
{
    private readonly PatternMatcher matcher;

    internal TextPattern(string field, IReadOnlyList<PatternPart> parts, bool ignoresAccents)
    {
        Field = field;
        Parts = parts;
        IgnoresAccents = ignoresAccents;
        Pattern = PatternSyntax.Write(parts);
        matcher = new(ignoresAccents ? [.. parts.Select(WithoutMarks)] : parts);
    }

    /// <summary>The name of the field.</summary>
    public string Field { get; }

    /// <summary>
    /// The pattern: <c>*</c> stands for any text, <c>?</c> for one character, and <c>[*]</c>, <c>[?]</c>, <c>[@]</c>,
    /// and <c>[[]</c> for the characters themselves.
    /// </summary>
    public string Pattern { get; }

    /// <summary>
    /// The parts of the pattern, for connectors. No two texts, and no two parts that stand for any text, follow each
    /// other.
    /// </summary>
    public IReadOnlyList<PatternPart> Parts { get; }

    /// <summary>Whether letters with accents or other marks match those without, as <c>@</c> asks for.</summary>
    public bool IgnoresAccents { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return IsMatch(record[Field].ToString());
    }

    internal bool IsMatch(string text) =>
        matcher.IsMatch(IgnoresAccents ? CanonicalComposition.WithoutMarks(text) : text);

    /// <summary>Determines whether another filter has the same field, pattern, and treatment of accents.</summary>
    /// <param name="other">The other filter.</param>
    /// <returns>Whether the filters are equal.</returns>
    public bool Equals(TextPattern? other) => other is not null
        && Field == other.Field
        && Pattern == other.Pattern
        && IgnoresAccents == other.IgnoresAccents;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Field, Pattern, IgnoresAccents);

    internal override IEnumerable<string> NamedFields() => [Field];

    internal override IEnumerable<RecordFilter> Conditions() => [this];

    private static PatternPart WithoutMarks(PatternPart part) =>
        part with { Text = CanonicalComposition.WithoutMarks(part.Text) };
}
