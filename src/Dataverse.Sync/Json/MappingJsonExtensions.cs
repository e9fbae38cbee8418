using System.Text.Json;
using Dataverse.Sync.Documents;

namespace Dataverse.Sync;

/// <summary>Extension methods that write mappings as JSON documents.</summary>
public static class MappingJsonExtensions
{
    /// <summary>Writes a mapping as a document with this one mapping.</summary>
    /// <remarks>Settings that have their defaults are left out. <see cref="MappingJson"/> reads the document.</remarks>
    /// <param name="mapping">The mapping, of any class.</param>
    /// <param name="code">The names of the rules and converters of the mapping; null for none.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mapping"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// A rule or a converter has no name, or a filter is nested too deep.
    /// </exception>
    public static string ToJson(this IIntegrationTableMapping mapping, NamedCode? code = null)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return ToJson([mapping], code);
    }

    /// <summary>Writes mappings as one document.</summary>
    /// <remarks>Settings that have their defaults are left out. <see cref="MappingJson"/> reads the document.</remarks>
    /// <param name="mappings">The mappings, of any class.</param>
    /// <param name="code">The names of the rules and converters of the mappings; null for none.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mappings"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// A rule or a converter has no name, or a filter is nested too deep.
    /// </exception>
    public static string ToJson(this IEnumerable<IIntegrationTableMapping> mappings, NamedCode? code = null)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        return JsonText.Write(writer => Write(writer, mappings, code ?? new()));
    }

    private static void Write(
        Utf8JsonWriter writer, IEnumerable<IIntegrationTableMapping> mappings, NamedCode code)
    {
        writer.WriteStartObject();
        writer.WriteNumber(DocumentDescription.Version, DocumentDescription.CurrentVersion);
        writer.WriteStartArray(DocumentDescription.Mappings);
        foreach (var mapping in mappings)
        {
            try
            {
                MappingDescription.Form.Write(writer, MappingDescription.Normalize(mapping), code);
            }
            catch (SyncConfigurationException refusal)
            {
                throw new SyncConfigurationException(
                    [.. refusal.Problems.Select(text => $"Mapping '{mapping.Name}': {text}")]);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
