namespace Dataverse.Sync;

/// <summary>Configures a field mapping while its table mapping is built.</summary>
/// <remarks>Not safe for concurrent use. Each method returns the same builder.</remarks>
public sealed partial class FieldMappingBuilder
{
    private readonly IntegrationTableMappingBuilder owner;

    internal FieldMappingBuilder(IntegrationTableMappingBuilder owner, FieldMapping field)
    {
        this.owner = owner;
        Field = field;
    }

    internal FieldMapping Field { get; private set; }

    private bool IsConstant => Field.LocalField is null || Field.IntegrationField is null;

    /// <summary>Sets the direction in which the field is synchronized.</summary>
    /// <remarks>
    /// Without a call the direction is <see cref="SyncDirection.Bidirectional"/>, or toward its own side for a
    /// constant.
    /// </remarks>
    /// <param name="direction">The direction.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The direction leads away from the field of a constant.</exception>
    public FieldMappingBuilder Direction(SyncDirection direction)
    {
        var side = Field.LocalField is null ? SyncSide.Integration : SyncSide.Local;
        return IsConstant && Enum.IsDefined(direction) && !direction.ReachesSide(side)
            ? throw Refusal($"its direction cannot be {direction}, because a constant is written to its own side")
            : Change(Field with { Direction = direction });
    }

    /// <summary>Lets the field travel to the integration side only.</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The field mapping is a constant for a local field.</exception>
    public FieldMappingBuilder ToIntegration() => Direction(SyncDirection.ToIntegrationTable);

    /// <summary>Lets the field travel to the local side only.</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The field mapping is a constant for an integration column.
    /// </exception>
    public FieldMappingBuilder FromIntegration() => Direction(SyncDirection.FromIntegrationTable);

    /// <summary>Excludes the field from synchronization but keeps its mapping.</summary>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder Disabled() => Change(Field with { IsEnabled = false });

    /// <summary>Includes the field in synchronization, which is the default.</summary>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder Enabled() => Change(Field with { IsEnabled = true });

    /// <summary>Does not write the field if its value is blank. Business Central: Not Null.</summary>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder SkipBlank() => Change(Field with { SkipsBlank = true });

    /// <summary>Writes the field only when a record is created.</summary>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder OnInsertOnly() => Change(Field with { OnInsertOnly = true });

    /// <summary>Sets a converter for the values of the field.</summary>
    /// <param name="converter">The converter. It serves all runs and must be safe for concurrent use.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="converter"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The field mapping is a constant or a lookup, whose values are not converted.
    /// </exception>
    public FieldMappingBuilder Convert(IFieldConverter converter)
    {
        ArgumentNullException.ThrowIfNull(converter);
        return IsConstant ? throw Refusal("a constant is written as it is and cannot have a converter")
            : Field.Lookup is not null ? throw Refusal("a lookup translates references and cannot have a converter")
            : Change(Field with { Converter = converter, Options = null, TableLookup = null });
    }

    /// <summary>Sets the time zone in which the instants of the field have a date.</summary>
    /// <remarks>Needed where a date meets an instant, unless the table mapping names a time zone.</remarks>
    /// <param name="id">
    /// The id of the time zone, such as "Europe/Amsterdam" or "UTC". Windows ids work on every system as well.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null, empty, or white space.</exception>
    /// <exception cref="TimeZoneNotFoundException">The system knows no such time zone.</exception>
    public FieldMappingBuilder InTimeZone(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return Change(Field with { TimeZone = TimeZones.Find(id) });
    }

    /// <summary>Matches uncoupled records by this field.</summary>
    /// <remarks>Only for a field mapping between two fields. Business Central: Use For Match-Based Coupling.</remarks>
    /// <param name="priority">
    /// The match group of the field. All fields of a group must match; groups with a lower number are tried first.
    /// </param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The field mapping is a constant.</exception>
    public FieldMappingBuilder UseForMatching(int priority = 0, bool caseSensitive = false)
    {
        if (IsConstant)
        {
            throw Refusal("a constant cannot be used for matching; use a field mapping between two fields");
        }

        _ = owner.MatchOn(Field.LocalField!, Field.IntegrationField!, priority, caseSensitive);
        return this;
    }

    /// <summary>Changes what the field mapping contains: a value between two fields, a lookup, or a constant.</summary>
    internal void Become(FieldMapping field) => Field = Field with
    {
        Constant = field.Constant,
        Lookup = field.Lookup ?? Field.Lookup,
        Converter = field.Lookup is null ? Field.Converter : null,
        TransformationsToIntegration = field.Lookup is null ? Field.TransformationsToIntegration : [],
        TransformationsToLocal = field.Lookup is null ? Field.TransformationsToLocal : [],
        Options = field.Lookup is null ? Field.Options : null,
        TableLookup = field.Lookup is null ? Field.TableLookup : null,
    };

    /// <summary>Names the members that hold the fields.</summary>
    internal FieldMappingBuilder HeldBy(TypedField? local, TypedField? integration) =>
        Change(Field with { LocalMember = local, IntegrationMember = integration });

    private ArgumentException Refusal(string reason) => new($"Field mapping '{Field.Key}': {reason}.");

    private FieldMappingBuilder Change(FieldMapping changed)
    {
        Field = changed;
        return this;
    }
}
