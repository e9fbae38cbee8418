using System.Buffers;

namespace Dataverse.Sync.Execution;

/// <summary>Compares the errors of two attempts.</summary>
/// <remarks>
/// Services put correlation ids, time stamps, and durations into their texts, which differ with every attempt. So words
/// that contain a digit do not count.
/// </remarks>
internal static class ErrorComparison
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n");

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
            var word = length < 0 ? text : text[..length];
            text = length < 0 ? [] : text[(length + 1)..];
            if (!word.IsEmpty && !word.ContainsAny(Digits))
            {
                return word;
            }
        }

        return [];
    }
}
