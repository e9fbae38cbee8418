using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.AzureIdentity;

/// <summary>Reads the claims that a service with continuous access evaluation asks for when it refuses a token.</summary>
internal static partial class ClaimsChallenge
{
    /// <summary>The claims as JSON; null when the header asks for none.</summary>
    public static string? Read(string? challenge)
    {
        if (challenge?.Contains("insufficient_claims", StringComparison.Ordinal) != true
            || Claims().Match(challenge) is not { Success: true } match)
        {
            return null;
        }

        // Both alphabets of base 64 occur.
        var encoded = match.Groups[1].Value.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex("""\bclaims="([^"]+)"(?=\s*(,|$))""", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Claims();
}
