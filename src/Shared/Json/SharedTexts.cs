using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>The texts of the records of a page, so that one that many of them have, such as a town, is kept once.</summary>
/// <remarks>Not safe for concurrent use. A property whose texts hardly ever come again is soon left alone.</remarks>
/// <param name="properties">The number of properties of a record.</param>
internal sealed class SharedTexts(int properties)
{
    private const int Slots = 1024;
    private const int MaxLength = 64;
    private const int MaxMisses = 256;

    private readonly string?[] known = new string?[Slots];
    private readonly int[] misses = new int[properties];

    /// <summary>Reads a text as <see cref="JsonFields.Text"/> does.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="place">The place of the property in the shape.</param>
    public FieldValue Read(ref Utf8JsonReader reader, int place)
    {
        if (misses[place] == MaxMisses || reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped
            || reader.ValueSpan.Length is 0 or > MaxLength)
        {
            return JsonFields.Text(ref reader);
        }

        ref var slot = ref known[SlotOf(reader.ValueSpan)];
        if (slot is not null && reader.ValueTextEquals(slot))
        {
            misses[place] = 0;
            return FieldValue.Text(slot);
        }

        misses[place]++;
        slot = reader.GetString();
        return FieldValue.Text(slot);
    }

    private static int SlotOf(ReadOnlySpan<byte> text)
    {
        const uint Prime = 16_777_619;
        var hash = (uint)text.Length;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return (int)((hash ^ (hash >> 16)) % Slots);
    }
}
