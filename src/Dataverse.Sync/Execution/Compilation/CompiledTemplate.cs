namespace Dataverse.Sync.Execution;

/// <summary>A template whose values have the form in which their fields store them.</summary>
internal sealed class CompiledTemplate
{
    private readonly RecordFilter? filter;

    private CompiledTemplate(RecordTemplate template, TableSchema target, TableSchema source)
    {
        filter = FilterBinding.Bind(template.SourceFilter, source);
        Values =
        [
            .. template.Values.Where(value => !value.Value.IsBlank)
                .Select(value => new FieldWrite(value.Key, Constants.Fit(value.Value, target.Find(value.Key)!))),
        ];
    }

    /// <summary>The values that are not blank.</summary>
    public FieldWrite[] Values { get; }

    /// <summary>The fields of the source that the filter reads.</summary>
    public IReadOnlyList<string> SourceFields => filter?.Fields ?? [];

    /// <summary>Compiles the templates of each side in the order in which they are tried.</summary>
    public static Sides<CompiledTemplate[]> Of(IIntegrationTableMapping mapping, Sides<TableSchema> schemas) =>
        Sides.Of<CompiledTemplate[]>(side =>
        [
            .. mapping.Templates.Where(template => template.Target == side)
                .OrderBy(template => template.Priority)
                .Select(template => new CompiledTemplate(template, schemas[side], schemas[side.Opposite()])),
        ]);

    /// <summary>Whether the template applies to the partner of a record.</summary>
    public bool AppliesTo(TableRecord source) => filter?.Matches(source) != false;
}
