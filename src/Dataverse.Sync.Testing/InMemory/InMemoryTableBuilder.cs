namespace Dataverse.Sync.Testing;

/// <summary>Defines a table of an <see cref="InMemoryConnector"/>: its fields in order, and its behavior.</summary>
/// <remarks>
/// The key field is named "id" unless <see cref="Key"/> changes the name. Every method returns the builder, so that
/// calls can be chained. Not safe for concurrent use.
/// </remarks>
public sealed class InMemoryTableBuilder
{
    private readonly string name;
    private readonly List<FieldSchema> fields = [];
    private readonly List<Func<TableSchema, TableSchema>> changes = [];
    private readonly bool canBeBlank;
    private string keyField = "id";
    private string? businessKeyField;

    internal InMemoryTableBuilder(string name, InMemoryFlavor flavor)
    {
        this.name = name;
        Options = InMemoryTableOptions.For(flavor);
        var isDataverse = flavor == InMemoryFlavor.Dataverse;
        canBeBlank = isDataverse;
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

    /// <summary>Sets the name of the field that holds the id.</summary>
    /// <param name="field">The name of the field.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Key(string field)
    {
        keyField = field;
        return this;
    }

    /// <summary>Adds a code that identifies a record to people and must be unique.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="maxLength">The maximum length in characters. Default 20.</param>
    /// <param name="firstNumber">
    /// The first number of the series for inserts without a value; see <see cref="InMemoryTableOptions.FirstNumber"/>.
    /// Null for no series.
    /// </param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder BusinessKey(string field, int maxLength = 20, string? firstNumber = null)
    {
        businessKeyField = field;
        Options = Options with { FirstNumber = firstNumber };
        return Code(field, maxLength);
    }

    /// <summary>Adds a text.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="maxLength">
    /// The maximum length in characters; <see langword="null"/> for no limit. Default 100.
    /// </param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Text(string field, int? maxLength = 100) =>
        Field(new FieldSchema { Name = field, Type = FieldType.Text, MaxLength = maxLength });

    /// <summary>Adds a code: a text that is stored in upper case without surrounding blanks.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="maxLength">The maximum length in characters. Default 20.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Code(string field, int maxLength = 20) =>
        Field(new FieldSchema { Name = field, Type = FieldType.Text, MaxLength = maxLength, IsCode = true });

    /// <summary>Adds a reference to a row of another table. The table does not check that the row exists.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="tables">The names of the tables that the reference may point to.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Reference(string field, params IReadOnlyList<string> tables) =>
        Field(new FieldSchema { Name = field, Type = FieldType.Reference, ReferencedTables = tables });

    /// <summary>Adds a choice.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="options">The values that the field accepts; none to accept every whole number and text.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Choice(string field, params IReadOnlyList<FieldValue> options) =>
        Field(
            new FieldSchema
            {
                Name = field,
                Type = FieldType.Choice,
                Options = [.. options.Select(option => new ChoiceOption(option, option.ToString()))],
            });

    /// <summary>Adds a choice of any number of options.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="labels">The labels of the options, which are numbered from 1; none to accept every number.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder MultiChoice(string field, params IReadOnlyList<string> labels) =>
        Field(
            new FieldSchema
            {
                Name = field,
                Type = FieldType.MultiChoice,
                Options = [.. labels.Select((label, index) => new ChoiceOption(FieldValue.Integer(index + 1), label))],
            });

    /// <summary>Adds a field of any type, without a length limit or options.</summary>
    /// <remarks>
    /// The Business Central flavor reports numbers, booleans, durations, and times as fields that cannot be blank.
    /// </remarks>
    /// <param name="field">The name of the field.</param>
    /// <param name="type">The type of its values.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Field(string field, FieldType type) =>
        Field(new FieldSchema { Name = field, Type = type, CanBeBlank = CanBeBlank(type) });

    /// <summary>Adds a field that the connector cannot write. <see cref="InMemoryTable"/> can write it.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="type">The type of its values.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder ReadOnly(string field, FieldType type) =>
        Field(SystemField(field, type) with { CanBeBlank = CanBeBlank(type) });

    /// <summary>Adds a field with a complete schema.</summary>
    /// <param name="field">The schema of the field.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Field(FieldSchema field)
    {
        ArgumentNullException.ThrowIfNull(field);
        fields.Add(field);
        return this;
    }

    /// <summary>Says what the system does to the values of a field without telling it in the schema.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="settings">What the system does.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Stores(string field, InMemoryFieldOptions settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Options = Options with
        {
            Fields = new Dictionary<string, InMemoryFieldOptions>(Options.Fields) { [field] = settings },
        };
        return this;
    }

    /// <summary>Adds the field that shows the stamp of the last change. The system fills it.</summary>
    /// <param name="field">The name of the field.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder ModifiedOn(string field)
    {
        Options = Options with { ModifiedOnField = field };
        return ReadOnly(field, FieldType.DateTime);
    }

    /// <summary>
    /// Adds the fields that tell that a row was merged into another one; see <see cref="InMemoryConnector.Merge"/>.
    /// </summary>
    /// <param name="survivor">The name of the field that refers to the survivor.</param>
    /// <param name="flag">The name of the field that is true in a merged row; null for none.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder Mergeable(string survivor = "masterid", string? flag = "merged")
    {
        _ = ReadOnly(survivor, FieldType.Identifier);
        _ = flag is null ? this : ReadOnly(flag, FieldType.Boolean);
        return WithSchema(schema => schema with { MergeFields = new() { Survivor = survivor, Flag = flag } });
    }

    /// <summary>Changes the schema that the connector reports, after all fields are added.</summary>
    /// <param name="change">Returns the changed schema.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder WithSchema(Func<TableSchema, TableSchema> change)
    {
        changes.Add(change);
        return this;
    }

    /// <summary>Changes the behavior of the table.</summary>
    /// <param name="change">Returns the changed options.</param>
    /// <returns>This builder.</returns>
    public InMemoryTableBuilder With(Func<InMemoryTableOptions, InMemoryTableOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Options = change(Options);
        return this;
    }

    private bool CanBeBlank(FieldType type) =>
        canBeBlank || type is not (FieldType.Integer or FieldType.Decimal or FieldType.Boolean
            or FieldType.Duration or FieldType.Time);

    private static FieldSchema SystemField(string field, FieldType type) =>
        new() { Name = field, Type = type, CanInsert = false, CanUpdate = false };
}
