namespace Dataverse.Sync;

/// <summary>A part of a text pattern.</summary>
/// <param name="Kind">What the part stands for.</param>
/// <param name="Text">The text of a part of kind <see cref="PatternPartKind.Text"/>; empty for the wildcards.</param>
public readonly record struct PatternPart(PatternPartKind Kind, string Text)
{
    internal static PatternPart AnyText { get; } = new(PatternPartKind.AnyText, string.Empty);

    internal static PatternPart AnyCharacter { get; } = new(PatternPartKind.AnyCharacter, string.Empty);

    internal static PatternPart Literal(string text) => new(PatternPartKind.Text, text);
}
