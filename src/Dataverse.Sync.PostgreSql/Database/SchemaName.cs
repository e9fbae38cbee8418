using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The name of the schema that contains the tables of the store.</summary>
/// <remarks>
/// Tables are named with their schema in every statement. A search path would be a setting of the session, which a pooler
/// in transaction mode gives to somebody else.
/// </remarks>
internal sealed class SchemaName(string value)
{
    /// <summary>The greatest length of a name in PostgreSQL, in bytes.</summary>
    public const int MaximumLength = 63;

    private const string Placeholder = "[schema]";

    private readonly string quoted = $"\"{value}\"";

    public string Value => value;

    /// <summary>The key of the advisory lock that migrations take exclusively, and commits share.</summary>
    public long LockKey { get; } = BinaryPrimitives.ReadInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"Dataverse.Sync coupling store {value}")));

    /// <summary>Whether a text is a name that needs no quotes: lower-case letters, digits, and underscores.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaximumLength }
        && !char.IsAsciiDigit(name[0])
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_')
        && !name.StartsWith("pg_", StringComparison.Ordinal);

    /// <summary>Puts the name into a statement that names tables as <c>[schema].table</c>.</summary>
    public string Qualify(string sql) => sql.Replace(Placeholder, quoted, StringComparison.Ordinal);
}
