namespace Dataverse.Sync.Execution;

/// <summary>What was read from the systems to compile mappings. It serves until it is old or contradicted.</summary>
internal sealed class SystemFacts(Sides<ITableConnector> systems, DateTimeOffset readOn, int edits)
{
    /// <summary>The schemas of the tables.</summary>
    public SchemaReader Schemas { get; } = new(systems);

    /// <summary>Who the systems are.</summary>
    public IdentityReader Identities { get; } = new(systems);

    /// <summary>The <see cref="CatalogState.Edits"/> of the mappings for which they were read.</summary>
    public int Edits { get; } = edits;

    /// <summary>When the first of them was read, by the clock of the engine.</summary>
    public DateTimeOffset ReadOn { get; } = readOn;
}
