using System.Buffers;

namespace Dataverse.Sync.Shared;

/// <summary>What the service accepts as text.</summary>
internal static class TextRules
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Select(code => (char)code).Except("\t\n\r"),
        .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code),
        '\uFFFE',
        '\uFFFF',
    ]);

    /// <summary>Why a text cannot be stored, as a sentence; null when it can.</summary>
    public static string? Problem(string text)
    {
        var at = text.AsSpan().IndexOfAny(Suspicious);
        while (at >= 0)
        {
            if (!char.IsSurrogate(text[at]))
            {
                return "The text holds a character that the service refuses.";
            }

            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return "The text holds half of a character.";
            }

            var next = text.AsSpan(at + 2).IndexOfAny(Suspicious);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return null;
    }
}
