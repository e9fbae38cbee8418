namespace Dataverse.Sync.Shapes;

/// <summary>A shape, whatever its class.</summary>
internal interface IRecordShape
{
    string? Table { get; }

    IReadOnlyList<TypedField> Fields { get; }

    IReadOnlyList<string> Names { get; }
}
