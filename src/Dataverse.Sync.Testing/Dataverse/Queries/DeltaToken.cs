using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The position of a delta query: a version, and when the token was issued.</summary>
internal sealed record DeltaToken(long Version, DateTimeOffset IssuedAt)
{
    private const string DateFormat = "MM/dd/yyyy HH:mm:ss";

    /// <summary>Encodes the token with percent-encoding in lower case, as the service does.</summary>
    public string Encode()
    {
        var text = $"{Version}!{IssuedAt.ToString(DateFormat, CultureInfo.InvariantCulture)}";
        return string.Concat(
            text.Select(
                character => char.IsAsciiLetterOrDigit(character) ? character.ToString() : $"%{(int)character:x2}"));
    }

    /// <exception cref="DataverseErrorException">The text is no token.</exception>
    public static DeltaToken Decode(string text)
    {
        var parts = text.Split('!');
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && DateTimeOffset.TryParseExact(parts[1], DateFormat, CultureInfo.InvariantCulture, Utc, out var issued)
            ? new DeltaToken(version, issued)
            : throw DataverseErrors.BadQuery("The delta token is malformed.");
    }
}
