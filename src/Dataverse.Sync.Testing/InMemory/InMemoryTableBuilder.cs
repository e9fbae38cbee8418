namespace Dataverse.Sync.Testing;

/// <summary>Defines a table in a few lines: its fields in order, then what is special about it.</summary>
/// <remarks>
/// The key field is called "id" unless <see cref="Key"/> says otherwise. Not safe for concurrent use.
/// </remarks>
public sealed class InMemoryTableBuilder
{
    private readonly string name;
    private readonly List<FieldSchema> fields = [];
    private readonly List<Func<TableSchema, TableSchema>> changes = [];
    private string keyField = "id";
    private string? businessKeyField;

    internal InMemoryTableBuilder(string name, InMemoryFlavor flavor)
    {
        this.name = name;
        Options = InMemoryTableOptions.For(flavor);
        var isDataverse = flavor == InMemoryFlavor.Dataverse;
        changes.Add(schema => schema with { ReportsDeletions = isDataverse, KeepsChosenIds = isDataverse });
    }

    internal InMemoryTableOptions Options { get; private set; }

    internal TableSchema Schema
    {
        get
        {
            var schema = new TableSchema
            {
                Name = name,
                KeyField = keyField,
                BusinessKeyField = businessKeyField,
                Fields = [SystemField(keyField, FieldType.Identifier), .. fields],
            };
            return changes.Aggregate(schema, (current, change) => change(current));
        }
    }

    /// <summary>Names the field that holds the id.</summary>
    public InMemoryTableBuilder Key(string field)
    {
        keyField = field;
        return this;
    }

    /// <summary>Adds a code that identifies a record to people and is unique.</summary>
    /// <param name="field">The field.</param>
    /// <param name="maxLength">Its length.</param>
    /// <param name="firstNumber">
    /// The first number of the series that fills it when an insert does not; see
    /// <see cref="InMemoryTableOptions.FirstNumber"/>.
    /// </param>
    public InMemoryTableBuilder BusinessKey(string field, int maxLength = 20, string? firstNumber = null)
    {
        businessKeyField = field;
        Options = Options with { FirstNumber = firstNumber };
        return Code(field, maxLength);
    }

    /// <summary>Adds a text.</summary>
    public InMemoryTableBuilder Text(string field, int? maxLength = 100) =>
        Field(new FieldSchema { Name = field, Type = FieldType.Text, MaxLength = maxLength });

    /// <summary>Adds a code: a text stored in upper case and without surrounding blanks.</summary>
    public InMemoryTableBuilder Code(string field, int maxLength = 20) =>
        Field(new FieldSchema { Name = field, Type = FieldType.Text, MaxLength = maxLength, IsCode = true });

    /// <summary>Adds a reference.</summary>
    public InMemoryTableBuilder Reference(string field, params IReadOnlyList<string> tables) =>
        Field(new FieldSchema { Name = field, Type = FieldType.Reference, ReferencedTables = tables });

    /// <summary>Adds a choice with the options that it accepts; none accepts every whole number and text.</summary>
    public InMemoryTableBuilder Choice(string field, params IReadOnlyList<FieldValue> options) =>
        Field(
            new FieldSchema
            {
                Name = field,
                Type = FieldType.Choice,
                Options = [.. options.Select(option => new ChoiceOption(option, option.ToString()))],
            });

    /// <summary>Adds a field of another type.</summary>
    public InMemoryTableBuilder Field(string field, FieldType type) =>
        Field(new FieldSchema { Name = field, Type = type });

    /// <summary>Adds a field that the connector cannot write; <see cref="InMemoryTable"/> can.</summary>
    public InMemoryTableBuilder ReadOnly(string field, FieldType type) => Field(SystemField(field, type));

    /// <summary>Adds a field with all that a schema can say of it.</summary>
    public InMemoryTableBuilder Field(FieldSchema field)
    {
        ArgumentNullException.ThrowIfNull(field);
        fields.Add(field);
        return this;
    }

    /// <summary>Adds the field that shows the stamp of the last change.</summary>
    public InMemoryTableBuilder ModifiedOn(string field)
    {
        Options = Options with { ModifiedOnField = field };
        return ReadOnly(field, FieldType.DateTime);
    }

    /// <summary>Changes what the connector tells of the table, after the fields are in place.</summary>
    public InMemoryTableBuilder WithSchema(Func<TableSchema, TableSchema> change)
    {
        changes.Add(change);
        return this;
    }

    /// <summary>Changes how the table behaves.</summary>
    public InMemoryTableBuilder With(Func<InMemoryTableOptions, InMemoryTableOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Options = change(Options);
        return this;
    }

    private static FieldSchema SystemField(string field, FieldType type) =>
        new() { Name = field, Type = type, CanInsert = false, CanUpdate = false };
}
