using System.Security.Cryptography;
using System.Text;

namespace Dataverse.Sync.AspNetCore;

/// <summary>A secret that requests must bear.</summary>
internal sealed class Secret(string value)
{
    private const int RandomBytes = 32;

    private readonly byte[] digest = Digest(value);

    /// <summary>The secret itself, for those who shall bear it.</summary>
    public string Value { get; } = value;

    /// <summary>Generates a secret.</summary>
    public static Secret Generate() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>Compares in a time that tells nothing about the secret, not even its length.</summary>
    public bool Matches(string? candidate) =>
        candidate is not null && CryptographicOperations.FixedTimeEquals(digest, Digest(candidate));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
