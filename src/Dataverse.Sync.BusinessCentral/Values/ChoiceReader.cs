using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads enumeration members; a member seen before costs no new text.</summary>
/// <remarks>Members that nobody declared are carried as they are: enumerations are extensible.</remarks>
internal sealed class ChoiceReader
{
    private const int MaxKnown = 32;

    private (byte[] Wire, FieldValue Value)[] known = [];

    public FieldValue Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw JsonFields.NotA("member of an enumeration");
        }

        var seen = known;
        foreach (var (wire, value) in seen)
        {
            if (reader.ValueTextEquals(wire))
            {
                return value;
            }
        }

        var decoded = EnumName.Decode(reader.GetString());
        if (seen.Length < MaxKnown && !reader.ValueIsEscaped)
        {
            // Two threads may each add one and one addition may be lost; it only costs decoding again.
            known = [.. seen, (reader.ValueSpan.ToArray(), decoded)];
        }

        return decoded;
    }
}
