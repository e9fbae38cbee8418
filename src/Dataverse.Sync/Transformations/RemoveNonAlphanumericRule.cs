using System.Globalization;
using System.Text;

namespace Dataverse.Sync;

/// <summary>
/// Keeps only the letters and digits of a text, of any language. Business Central: Remove Non-Alphanumeric Characters.
/// </summary>
/// <remarks>The marks of a letter, such as an accent, belong to the letter and are kept with it.</remarks>
public sealed record RemoveNonAlphanumericRule : TextRule
{
    /// <inheritdoc/>
    public override string Name => "RemoveNonAlphanumeric";

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Form;

    private protected override string ApplyToText(string text)
    {
        var kept = new StringBuilder(text.Length);
        var isKept = false;
        Span<char> units = stackalloc char[2];
        foreach (var character in text.EnumerateRunes())
        {
            isKept = Rune.IsLetterOrDigit(character) || (isKept && IsMark(character));
            if (isKept)
            {
                _ = kept.Append(units[..character.EncodeToUtf16(units)]);
            }
        }

        return kept.ToString();
    }

    private static bool IsMark(Rune character) => Rune.GetUnicodeCategory(character)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
