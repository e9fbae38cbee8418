using System.Buffers;

namespace Dataverse.Sync.Execution;

/// <summary>Compares the errors of two attempts.</summary>
/// <remarks>
/// Services put correlation ids, time stamps, durations, and lengths into their texts, which differ with every attempt.
/// So only words count, and names such as address1_city, but no numbers and no ids.
/// </remarks>
internal static class ErrorComparison
{
    private const int ShortestHexadecimalId = 8;
    private const int LongestNumberInName = 2;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n'\"`´‘’“”«»()[]{}<>,;:=|/\\!?#&*+.");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF-");

    public static bool AreSame(SyncError left, SyncError right) =>
        left == right || (left.Code == right.Code && left.Field == right.Field && AreSame(left.Message, right.Message));

    private static bool AreSame(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            var word = NextWord(ref left);
            if (!word.SequenceEqual(NextWord(ref right)))
            {
                return false;
            }

            if (word.IsEmpty)
            {
                return true;
            }
        }
    }

    private static ReadOnlySpan<char> NextWord(ref ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var length = text.IndexOfAny(Separators);
            var word = (length < 0 ? text : text[..length]).Trim('-');
            text = length < 0 ? [] : text[(length + 1)..];
            if (!word.IsEmpty && !Varies(word))
            {
                return word;
            }
        }

        return [];
    }

    private static bool Varies(ReadOnlySpan<char> word) =>
        IsHexadecimalId(word) || (word.ContainsAny(Digits) && !IsName(word));

    // Also an id that happens to contain no digit.
    private static bool IsHexadecimalId(ReadOnlySpan<char> word) =>
        word.Length >= ShortestHexadecimalId && !word.ContainsAnyExcept(Hexadecimal);

    // A name begins with a letter, and each of its numbers is short and ends the name or a part of it.
    private static bool IsName(ReadOnlySpan<char> word)
    {
        if (!char.IsLetter(word[0]) && word[0] != '_')
        {
            return false;
        }

        for (var place = 0; place < word.Length; place++)
        {
            if (!char.IsLetterOrDigit(word[place]) && word[place] != '_')
            {
                return false;
            }

            if (char.IsAsciiDigit(word[place]))
            {
                var rest = word[place..];
                var length = rest.IndexOfAnyExcept(Digits);
                length = length < 0 ? rest.Length : length;
                if (length > LongestNumberInName || !EndsPart(rest[length..]))
                {
                    return false;
                }

                place += length - 1;
            }
        }

        return true;
    }

    private static bool EndsPart(ReadOnlySpan<char> rest) => rest.IsEmpty || rest[0] == '_'
        || (rest.Length > 1 && char.IsUpper(rest[0]) && char.IsLower(rest[1]));
}
