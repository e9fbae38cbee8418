namespace Dataverse.Sync;

/// <summary>
/// A local field and an integration column that hold the same information, or a constant for one of them.
/// </summary>
/// <remarks>
/// An instance must not change after it was passed to an engine. Business Central: Integration Field Mapping.
/// </remarks>
public interface IFieldMapping
{
    /// <summary>Identifies the field mapping within its table mapping, in stored bases, and in conflicts.</summary>
    /// <remarks>
    /// Must be unique among the enabled field mappings of a table mapping. A field mapping whose key changes counts as
    /// a new one that was never synchronized.
    /// </remarks>
    FieldMappingKey Key { get; }

    /// <summary>The local field, or null if the integration column receives a constant.</summary>
    string? LocalField { get; }

    /// <summary>The integration column, or null if the local field receives a constant.</summary>
    string? IntegrationField { get; }

    /// <summary>The direction in which the field is synchronized.</summary>
    /// <remarks>
    /// A field does not travel against the direction of its table mapping. In a one-way field the source always wins.
    /// </remarks>
    SyncDirection Direction { get; }

    /// <summary>Whether the field takes part in synchronization. Business Central: Status.</summary>
    /// <remarks>A disabled field mapping is not validated.</remarks>
    bool IsEnabled { get; }

    /// <summary>
    /// The value for a field without a field on the other side; blank otherwise. Business Central: Constant Value.
    /// </summary>
    /// <remarks>
    /// Written when a record is created and, unless <see cref="OnInsertOnly"/> is true, whenever a pair is processed
    /// whose target differs.
    /// </remarks>
    FieldValue Constant { get; }

    /// <summary>
    /// Whether the field is written only when a record is created, like the fields of a Business Central template.
    /// </summary>
    bool OnInsertOnly { get; }

    /// <summary>
    /// Whether a blank is not written, for columns that require a value, such as an owner. Business Central: Not Null.
    /// </summary>
    /// <remarks>The target keeps its value, and the field counts as synchronized.</remarks>
    bool SkipsBlank { get; }

    /// <summary>Converts values between the sides, or null for the standard conversion by type and length.</summary>
    /// <remarks>Ignored for a field with a <see cref="Lookup"/>.</remarks>
    IFieldConverter? Converter { get; }

    /// <summary>
    /// The rules that transform a local value on its way to the integration side, in this order; empty by default. Business
    /// Central: Transformation Rule with the direction to the integration table.
    /// </summary>
    /// <remarks>
    /// The rules receive the value of the source, and the <see cref="Converter"/> or the conversion by type their result.
    /// Not for a constant or a field with a <see cref="Lookup"/>.
    /// </remarks>
    IReadOnlyList<ITransformationRule> TransformationsToIntegration => [];

    /// <summary>
    /// The rules that transform an integration value on its way to the local side, in this order; empty by default.
    /// </summary>
    /// <remarks>As <see cref="TransformationsToIntegration"/>.</remarks>
    IReadOnlyList<ITransformationRule> TransformationsToLocal => [];

    /// <summary>Translates options between the sides, or null if the field has none to translate.</summary>
    /// <remarks>Not together with a converter, a lookup, or transformation rules.</remarks>
    OptionMapping? Options => null;

    /// <summary>Translates values through a table that contains both, or null if there is none.</summary>
    /// <remarks>Not together with a converter, a lookup, or options.</remarks>
    TableLookup? TableLookup => null;

    /// <summary>
    /// Whether the field mapping is left out, without an error, if a field or a table that it names does not exist.
    /// </summary>
    /// <value>The default is false: a mapping that names a field that does not exist is refused.</value>
    bool IsOptional => false;

    /// <summary>
    /// The time zone in which the instants of the field have a date, or null for that of the table mapping.
    /// </summary>
    /// <value>The default is null.</value>
    /// <remarks>
    /// Needed where a date meets an instant that each person sees in the person's own time zone
    /// (<see cref="DateTimeBehavior.UserLocal"/>), unless a <see cref="Converter"/> converts the two.
    /// </remarks>
    TimeZoneInfo? TimeZone => null;

    /// <summary>Translates references between the sides, or null if the field is not a reference.</summary>
    LookupMapping? Lookup { get; }

    /// <summary>
    /// The member of a class that holds the local field, or null if the field mapping has none. Validation checks its type.
    /// </summary>
    /// <value>The default is null.</value>
    TypedField? LocalMember => null;

    /// <summary>
    /// The member of a class that holds the integration column, or null if the field mapping has none. Validation checks its
    /// type.
    /// </summary>
    /// <value>The default is null.</value>
    TypedField? IntegrationMember => null;
}
