namespace Dataverse.Sync;

/// <summary>Configures a field mapping while its table mapping is built.</summary>
/// <remarks>Not safe for concurrent use. Each method returns the same builder.</remarks>
public sealed class FieldMappingBuilder
{
    private readonly IntegrationTableMappingBuilder owner;

    internal FieldMappingBuilder(IntegrationTableMappingBuilder owner, FieldMapping field)
    {
        this.owner = owner;
        Field = field;
    }

    internal FieldMapping Field { get; private set; }

    /// <summary>Sets the direction in which the field is synchronized.</summary>
    /// <remarks>
    /// Without a call the direction is <see cref="SyncDirection.Bidirectional"/>, or toward its own side for a
    /// constant.
    /// </remarks>
    /// <param name="direction">The direction.</param>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder Direction(SyncDirection direction) => Change(Field with { Direction = direction });

    /// <summary>Lets the field travel to the integration side only.</summary>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder ToIntegration() => Direction(SyncDirection.ToIntegrationTable);

    /// <summary>Lets the field travel to the local side only.</summary>
    /// <returns>This builder.</returns>
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
    public FieldMappingBuilder Convert(IFieldConverter converter) => Change(Field with { Converter = converter });

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
        return Change(Field with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(id) });
    }

    /// <summary>Matches uncoupled records by this field.</summary>
    /// <remarks>Only for a field mapping between two fields. Business Central: Use For Match-Based Coupling.</remarks>
    /// <param name="priority">
    /// The match group of the field. All fields of a group must match; groups with a lower number are tried first.
    /// </param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder UseForMatching(int priority = 0, bool caseSensitive = false)
    {
        _ = owner.MatchOn(Field.LocalField!, Field.IntegrationField!, priority, caseSensitive);
        return this;
    }

    private FieldMappingBuilder Change(FieldMapping changed)
    {
        Field = changed;
        return this;
    }
}
