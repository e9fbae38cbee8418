using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Splits a long list of alternatives into filters whose addresses the service accepts.</summary>
/// <remarks>Addresses of about 15 KB fail with misleading errors; half of that leaves room for gateways.</remarks>
internal static class FilterChunks
{
    private const int MaxEncodedLength = 7_000;

    /// <summary>Joins comparisons of one field by <c>or</c>.</summary>
    /// <param name="field">The field.</param>
    /// <param name="literals">The literals it may equal.</param>
    public static IEnumerable<string> Split(string field, IEnumerable<string> literals)
    {
        var terms = new List<string>();
        var length = 0;
        foreach (var literal in literals)
        {
            var term = $"{field} eq {literal}";
            var encoded = ODataLiteral.Encode(term).Length + " or ".Length * 3;
            if (length + encoded > MaxEncodedLength && terms.Count > 0)
            {
                yield return string.Join(" or ", terms);
                terms.Clear();
                length = 0;
            }

            terms.Add(term);
            length += encoded;
        }

        if (terms.Count > 0)
        {
            yield return string.Join(" or ", terms);
        }
    }
}
