using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Pairs of records, bases, and planners without any engine around them.</summary>
internal static class Plans
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly PlanPolicy Default = new();

    public static TableSchema Schema(string table, params FieldSchema[] fields) => new() { Name = table, KeyField = "id", Fields = fields };

    public static FieldSchema Text(string name, int? length = null, bool isCode = false) => new() { Name = name, Type = FieldType.Text, MaxLength = length, IsCode = isCode };

    public static FieldSchema Field(string name, FieldType type) => new() { Name = name, Type = type };

    public static FieldSchema Choice(string name, params (FieldValue Value, string Label)[] options) =>
        new() { Name = name, Type = FieldType.Choice, Options = [.. options.Select(option => new ChoiceOption(option.Value, option.Label))] };

    public static CompiledMapping Compile(TableSchema local, TableSchema integration, Action<IntegrationTableMappingBuilder> build)
    {
        var builder = new IntegrationTableMappingBuilder("M").Between(local.Name, integration.Name);
        build(builder);
        return new(builder.Build(), new(local, integration), []);
    }

    public static TableRecord Record(TableSchema schema, IEnumerable<FieldValue> values, string version = "1", DateTimeOffset? modifiedOn = null) =>
        new(new RecordLayout(schema.Name, schema.Fields.Select(field => field.Name)), Guid.NewGuid(), [.. values], version, modifiedOn ?? Monday);

    /// <summary>The base of a pair that was synchronized as it is.</summary>
    public static SynchronizedBase BaseOf(CompiledMapping mapping, TableRecord local, TableRecord integration) => new(
        mapping.Shape,
        [.. mapping.Fields.Select(field => Fingerprint.Of(local[field.On(SyncSide.Local).Name]))],
        [.. mapping.Fields.Select(field => Fingerprint.Of(integration[field.On(SyncSide.Integration).Name]))]);

    public static TableRecord Apply(TableRecord record, IReadOnlyList<FieldWrite> writes)
    {
        var values = record.Values.ToArray();
        foreach (var write in writes)
        {
            values[record.Layout.IndexOf(write.Field)] = write.Value;
        }

        return new(record.Layout, record.Id, values, record.Version, record.ModifiedOn);
    }

    public static PairPlanner Planner(CompiledMapping mapping, IReferenceTranslator? references = null) => new(mapping, references ?? new NoReferences());

    private sealed class NoReferences : IReferenceTranslator
    {
        public Translation Translate(CompiledField field, FieldValue value, SyncSide target) => throw new InvalidOperationException("The mapping has no lookup.");
    }
}
