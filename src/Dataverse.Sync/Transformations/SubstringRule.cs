namespace Dataverse.Sync;

/// <summary>Takes a part of a text, by position or by the texts around it. Business Central: Substring.</summary>
/// <remarks>
/// The result is blank if the starting or the ending text does not occur, or if the part begins after the end. A character
/// of two UTF-16 code units is not divided: a half of it at an end of the part is left out.
/// </remarks>
public sealed record SubstringRule : TextRule
{
    /// <summary>The position of the first character, counted from 1 in UTF-16 code units, or null for the beginning.</summary>
    public int? StartPosition { get; init; }

    /// <summary>The number of UTF-16 code units, or null for the rest of the text.</summary>
    public int? Length { get; init; }

    /// <summary>
    /// The text after whose first occurrence the part begins, or null. Not together with <see cref="StartPosition"/>.
    /// </summary>
    public string? StartingText { get; init; }

    /// <summary>
    /// The text before whose first occurrence the part ends, or null. Not together with <see cref="Length"/>.
    /// </summary>
    public string? EndingText { get; init; }

    /// <inheritdoc/>
    public override string Name => "Substring";

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Content;

    /// <inheritdoc/>
    public override IEnumerable<string> FindProblems()
    {
        if (StartPosition < 1)
        {
            yield return "its start position is less than 1";
        }

        if (Length < 1)
        {
            yield return "its length is less than 1";
        }

        if (StartPosition is not null && StartingText is not null)
        {
            yield return "it has both a start position and a starting text";
        }

        if (Length is not null && EndingText is not null)
        {
            yield return "it has both a length and an ending text";
        }

        if (StartingText is "" || EndingText is "")
        {
            yield return "its starting or ending text is empty";
        }

        if (this is { StartPosition: null, StartingText: null, Length: null, EndingText: null })
        {
            yield return "it names neither a start nor an end";
        }
    }

    private protected override string ApplyToText(string text)
    {
        var start = Start(text);
        if (start < 0 || start >= text.Length)
        {
            return string.Empty;
        }

        var end = End(text, start);
        if (end <= start)
        {
            return string.Empty;
        }

        if (start > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]))
        {
            start++;
        }

        if (end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return end > start ? text[start..end] : string.Empty;
    }

    private int Start(string text)
    {
        if (StartingText is not { Length: > 0 } before)
        {
            return (StartPosition ?? 1) - 1;
        }

        var found = text.IndexOf(before, StringComparison.Ordinal);
        return found < 0 ? -1 : found + before.Length;
    }

    private int End(string text, int start) => EndingText is { Length: > 0 } after
        ? text.IndexOf(after, start, StringComparison.Ordinal)
        : (int)Math.Min(text.Length, (long)start + (Length ?? text.Length));
}
