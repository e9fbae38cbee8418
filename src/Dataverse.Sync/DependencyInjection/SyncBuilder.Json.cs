namespace Dataverse.Sync;

/// <content>Mappings in JSON and settings, and the code that they name.</content>
public sealed partial class SyncBuilder
{
    private readonly NamedCode code = new();

    /// <summary>Registers a rule under a name, by which mappings in JSON refer to it.</summary>
    /// <remarks>
    /// The rule is called for mappings that name it; <see cref="AddRule(ISyncRule)"/> adds one for all. Call this method
    /// before the mappings are added.
    /// </remarks>
    /// <param name="name">The name, compared without regard to letter case.</param>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is null, empty, or white space, or another rule has it.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public SyncBuilder AddNamedRule(string name, ISyncRule rule)
    {
        _ = code.AddRule(name, rule);
        return this;
    }

    /// <summary>Registers a converter under a name, by which mappings in JSON refer to it.</summary>
    /// <remarks>Call this method before the mappings are added.</remarks>
    /// <param name="name">The name, compared without regard to letter case.</param>
    /// <param name="converter">The converter.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is null, empty, or white space, or another converter has it.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="converter"/> is null.</exception>
    public SyncBuilder AddNamedConverter(string name, IFieldConverter converter)
    {
        _ = code.AddConverter(name, converter);
        return this;
    }

    /// <summary>Registers a transformation rule under its own name, by which mappings in JSON refer to it.</summary>
    /// <remarks>Call this method before the mappings are added.</remarks>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name of the rule is empty or white space, or another rule has it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public SyncBuilder AddTransformation(ITransformationRule rule)
    {
        _ = code.AddTransformation(rule);
        return this;
    }

    /// <summary>Adds the mappings of a JSON file, and changes those that were added before and that it names.</summary>
    /// <remarks>
    /// The file is read at once. It can add the standard mappings as well, so that it makes a whole set-up. See
    /// <see cref="MappingJson"/>.
    /// </remarks>
    /// <param name="path">The path of the file.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The file cannot be read, or the document is invalid. The exception lists every problem.
    /// </exception>
    public SyncBuilder AddMappingsFromJson(string path) => Replace(MappingJson.Load(path, mappings, code));

    /// <summary>Adds the mappings of a JSON document, and changes those that were added before and that it names.</summary>
    /// <remarks>The document is read at once. See <see cref="MappingJson"/>.</remarks>
    /// <param name="stream">The stream with the document in UTF-8. It is not closed.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The document is invalid. The exception lists every problem.
    /// </exception>
    public SyncBuilder AddMappingsFromJson(Stream stream) => Replace(MappingJson.Read(stream, mappings, code));

    /// <summary>Adds the mappings of flat settings, and changes those that were added before and that they name.</summary>
    /// <remarks>The settings are read at once. See <see cref="MappingJson.FromSettings"/>.</remarks>
    /// <param name="settings">The keys and their values.</param>
    /// <param name="section">The key below which the document stands, or null if it is everything.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// The document is invalid, or there is no such section. The exception lists every problem.
    /// </exception>
    public SyncBuilder AddMappingsFromSettings(
        IEnumerable<KeyValuePair<string, string?>> settings, string? section = null) =>
        Replace(MappingJson.FromSettings(settings, section, mappings, code));

    private SyncBuilder Replace(IReadOnlyList<IIntegrationTableMapping> all)
    {
        mappings.Clear();
        mappings.AddRange(all);
        return this;
    }
}
