using Dataverse.Sync.Documents;

namespace Dataverse.Sync;

/// <summary>Reads mappings from JSON documents and from flat settings.</summary>
/// <remarks>
/// <para>A document contains new mappings, changes of mappings that exist, and whether the standard mappings are added. Its
/// members have the names of the properties in code, and the same defaults. <see cref="Schema"/> describes it, and the page
/// docs/concepts/configuration.md explains it.</para>
/// <para>Every problem of a document is told in one exception, each with its path and, in a text, with its line and column.
/// Whether the tables and fields exist is validated when an engine first uses the mappings.</para>
/// <para>Comments and trailing commas are allowed. A document may have 4 MiB and 128 levels.</para>
/// </remarks>
public static class MappingJson
{
    private static readonly Lazy<string> SchemaText = new(WriteSchema);

    /// <summary>The JSON schema of documents, by which editors complete and check them.</summary>
    public static string Schema => SchemaText.Value;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="existing">The mappings that the document can change; null for none. They are not changed themselves.</param>
    /// <param name="code">The rules and converters to which the document refers by name; null for none.</param>
    /// <returns>The existing mappings, as changed by the document, and its new ones.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The file cannot be read, or the document is invalid. The exception lists every problem.
    /// </exception>
    public static IReadOnlyList<IIntegrationTableMapping> Load(
        string path, IReadOnlyList<IIntegrationTableMapping>? existing = null, NamedCode? code = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            return Read(ReadAll(file, Path.GetFileName(path)), existing, code);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SyncConfigurationException([$"The file '{path}' cannot be read ({failure.GetType().Name})."]);
        }
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream with the document in UTF-8. It is not closed.</param>
    /// <param name="existing">The mappings that the document can change; null for none. They are not changed themselves.</param>
    /// <param name="code">The rules and converters to which the document refers by name; null for none.</param>
    /// <returns>The existing mappings, as changed by the document, and its new ones.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The document is invalid. The exception lists every problem.
    /// </exception>
    public static IReadOnlyList<IIntegrationTableMapping> Read(
        Stream stream, IReadOnlyList<IIntegrationTableMapping>? existing = null, NamedCode? code = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(ReadAll(stream, name: null), existing, code);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="json">The document.</param>
    /// <param name="existing">The mappings that the document can change; null for none. They are not changed themselves.</param>
    /// <param name="code">The rules and converters to which the document refers by name; null for none.</param>
    /// <returns>The existing mappings, as changed by the document, and its new ones.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The document is invalid. The exception lists every problem.
    /// </exception>
    public static IReadOnlyList<IIntegrationTableMapping> Parse(
        string json, IReadOnlyList<IIntegrationTableMapping>? existing = null, NamedCode? code = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(DocumentSource.Of(json), existing, code);
    }

    /// <summary>Reads a document from flat settings, as configuration files and the environment provide them.</summary>
    /// <remarks>
    /// <para>Parts of a key are separated by colons, as in <c>Sync:mappings:CUSTOMER:direction</c>, and letter case of keys has
    /// no meaning. All values are texts; texts for numbers and booleans are read as such, except the values of fields, which
    /// name their kind: <c>constant:integer</c>.</para>
    /// <para>A list has numbered members. Since sources override them one by one, name mappings and field mappings in an
    /// object instead, by the name of the mapping and by the key or the only field of the field mapping. Named members apply
    /// after numbered ones and can change them.</para>
    /// <para>A blank value is null where null is allowed, and an empty list.</para>
    /// </remarks>
    /// <param name="settings">The keys and their values.</param>
    /// <param name="section">The key below which the document stands, or null if it is everything.</param>
    /// <param name="existing">The mappings that the document can change; null for none. They are not changed themselves.</param>
    /// <param name="code">The rules and converters to which the document refers by name; null for none.</param>
    /// <returns>The existing mappings, as changed by the document, and its new ones.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The document is invalid, or there is no such section. The exception lists every problem.
    /// </exception>
    public static IReadOnlyList<IIntegrationTableMapping> FromSettings(
        IEnumerable<KeyValuePair<string, string?>> settings,
        string? section = null,
        IReadOnlyList<IIntegrationTableMapping>? existing = null,
        NamedCode? code = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var reading = new Reading(new Problems(source: null), code ?? new());
        return DocumentReader.Read(SettingsReader.Read(settings, section), existing ?? [], reading);
    }

    private static IReadOnlyList<IIntegrationTableMapping> Read(
        DocumentSource source, IReadOnlyList<IIntegrationTableMapping>? existing, NamedCode? code)
    {
        var problems = new Problems(source);
        return DocumentReader.Read(NodeReader.Read(source, problems), existing ?? [], new(problems, code ?? new()));
    }

    // One byte more than a document may have, so that the reader notices it.
    private static DocumentSource ReadAll(Stream stream, string? name)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while (content.Length <= DocumentLimits.Bytes && (count = stream.Read(buffer)) > 0)
        {
            content.Write(buffer.AsSpan(0, count));
        }

        return new(content.ToArray(), name);
    }

    private static string WriteSchema() =>
        JsonText.Write(writer => DocumentDescription.Describe().WriteTo(writer)) + "\n";
}
