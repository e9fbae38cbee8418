namespace Dataverse.Sync;

/// <summary>Refines a field mapping while its table mapping is being built.</summary>
public sealed class FieldMappingBuilder
{
    private readonly IntegrationTableMappingBuilder owner;

    internal FieldMappingBuilder(IntegrationTableMappingBuilder owner, FieldMapping field)
    {
        this.owner = owner;
        Field = field;
    }

    internal FieldMapping Field { get; private set; }

    /// <summary>Sets which way the field travels; the default is both.</summary>
    public FieldMappingBuilder Direction(SyncDirection direction) => Change(Field with { Direction = direction });

    /// <summary>The field travels to the integration side only.</summary>
    public FieldMappingBuilder ToIntegration() => Direction(SyncDirection.ToIntegrationTable);

    /// <summary>The field travels to the local side only.</summary>
    public FieldMappingBuilder FromIntegration() => Direction(SyncDirection.FromIntegrationTable);

    /// <summary>Keeps the field mapping but leaves it out of synchronization.</summary>
    public FieldMappingBuilder Disabled() => Change(Field with { IsEnabled = false });

    /// <summary>Takes the field mapping into synchronization, as it is by default.</summary>
    public FieldMappingBuilder Enabled() => Change(Field with { IsEnabled = true });

    /// <summary>Leaves the target as it is when the source is blank.</summary>
    public FieldMappingBuilder SkipBlank() => Change(Field with { SkipsBlank = true });

    /// <summary>Writes the field only when a record is created.</summary>
    public FieldMappingBuilder OnInsertOnly() => Change(Field with { OnInsertOnly = true });

    /// <summary>Converts values with a converter instead of by type and length.</summary>
    public FieldMappingBuilder Convert(IFieldConverter converter) => Change(Field with { Converter = converter });

    /// <summary>Matches uncoupled records by this field.</summary>
    /// <param name="priority">The group: fields of one priority must match together; lower priorities are tried first.</param>
    /// <param name="caseSensitive">Whether the letter case of texts matters.</param>
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
