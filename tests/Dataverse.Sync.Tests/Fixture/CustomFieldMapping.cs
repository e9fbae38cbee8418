namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A field mapping as an application implements it, with a key of its own.</summary>
internal sealed class CustomFieldMapping(FieldMappingKey key, string local, string integration) : IFieldMapping
{
    public FieldMappingKey Key => key;

    public string? LocalField => local;

    public string? IntegrationField => integration;

    public SyncDirection Direction => SyncDirection.Bidirectional;

    public bool IsEnabled { get; init; } = true;

    public FieldValue Constant => default;

    public bool OnInsertOnly => false;

    public bool SkipsBlank => false;

    public IFieldConverter? Converter { get; init; }

    public LookupMapping? Lookup => null;
}
