namespace Dataverse.Sync;

/// <summary>A value or a pattern within a filter expression.</summary>
/// <param name="Index">Where it begins.</param>
/// <param name="Parts">What it consists of; nothing for an empty text.</param>
/// <param name="IgnoresAccents">Whether <c>@</c> precedes it.</param>
internal sealed record Operand(int Index, IReadOnlyList<PatternPart> Parts, bool IgnoresAccents)
{
    /// <summary>The value, or null if it is a pattern.</summary>
    public string? Text => IgnoresAccents ? null : Parts switch
    {
        [] => string.Empty,
        [{ Kind: PatternPartKind.Text } only] => only.Text,
        _ => null,
    };
}
