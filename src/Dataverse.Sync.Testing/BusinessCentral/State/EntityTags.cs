using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Computes entity tags from field values: <c>W/"base64('19;12345678901234567891;00;')"</c>. Equal values have equal
/// tags, so a tag recurs with the data.
/// </summary>
internal sealed class EntityTags(bool coverCalculatedFields, bool coverModificationStamp)
{
    public string Compute(PageRow row)
    {
        var text = new StringBuilder();
        foreach (var (field, value) in row.Schema.Fields.Select((field, ordinal) => (field, row[ordinal])))
        {
            if (IsCovered(field.Source))
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"{field.Name}={FieldValues.Format(value)}\0");
            }
        }

        return Of(text.ToString());
    }

    /// <summary>The tag of a text that holds all covered values.</summary>
    public static string Of(string values)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(values));
        var number = BinaryPrimitives.ReadUInt64LittleEndian(hash).ToString(CultureInfo.InvariantCulture);
        var plain = string.Create(CultureInfo.InvariantCulture, $"'{number.Length - 1};{number};00;'");
        return $"W/\"{Convert.ToBase64String(Encoding.ASCII.GetBytes(plain))}\"";
    }

    public static bool IsWellFormed(string tag)
    {
        if (!tag.StartsWith("W/\"", StringComparison.Ordinal) || tag.Length < 5 || tag[^1] != '"')
        {
            return false;
        }

        var content = tag.AsSpan(3, tag.Length - 4);
        return Convert.TryFromBase64Chars(content, new byte[content.Length], out var length) && length > 0;
    }

    private bool IsCovered(BusinessCentralFieldSource source) => source switch
    {
        BusinessCentralFieldSource.Calculated => coverCalculatedFields,
        BusinessCentralFieldSource.SystemModifiedAt => coverModificationStamp,
        BusinessCentralFieldSource.SystemRowVersion => false,
        _ => true,
    };
}
