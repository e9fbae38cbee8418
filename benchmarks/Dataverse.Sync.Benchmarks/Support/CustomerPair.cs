using System.Globalization;
using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Benchmarks.Support;

/// <summary>A mapping of 18 text fields and one pair of records in three states.</summary>
internal sealed class CustomerPair
{
    private const int FieldCount = 18;

    private static readonly string[] Names = [.. Enumerable.Range(1, FieldCount).Select(number => "field" + number.ToString(CultureInfo.InvariantCulture))];

    private readonly RecordLayout local = new("customers", Names);
    private readonly RecordLayout integration = new("account", Names);

    public CustomerPair()
    {
        var builder = new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account");
        foreach (var name in Names)
        {
            _ = builder.Field(name, name);
        }

        Mapping = new(builder.Build(), new(SchemaOf("customers"), SchemaOf("account")), []);
        var digests = Names.Select((_, index) => Fingerprint.Of(Value(index, "same"))).ToArray();
        var stored = new SynchronizedBase(Mapping.Shape, digests, digests);
        Unchanged = new(stored, Record(local, "same"), Record(integration, "same"));
        LocalEdit = new(stored, Record(local, "edited"), Record(integration, "same"));
        EditsOnBothSides = new(stored, Record(local, "edited"), Record(integration, "changed"));
    }

    public CompiledMapping Mapping { get; }

    public PairState Unchanged { get; }

    public PairState LocalEdit { get; }

    public PairState EditsOnBothSides { get; }

    public Dictionary<string, object?> CopyLocalIntoDictionary()
    {
        var copy = new Dictionary<string, object?>(FieldCount);
        for (var index = 0; index < FieldCount; index++)
        {
            copy[Names[index]] = new string(Unchanged.Local![index].AsText());
        }

        return copy;
    }

    private static TableSchema SchemaOf(string table) => new()
    {
        Name = table,
        KeyField = "id",
        Fields = [.. Names.Select(name => new FieldSchema { Name = name, Type = FieldType.Text, MaxLength = 100 })],
    };

    private static TableRecord Record(RecordLayout layout, string first) =>
        new(layout, Guid.NewGuid(), [.. Names.Select((_, index) => Value(index, first))], "1");

    private static FieldValue Value(int index, string first) =>
        FieldValue.Text(index == 0 ? first : "a value of ordinary length, field " + index.ToString(CultureInfo.InvariantCulture));
}
