namespace Dataverse.Sync;

/// <summary>One local field and one integration column that hold the same thing, or a constant for one of them.</summary>
/// <remarks>Immutable once built.</remarks>
public interface IFieldMapping
{
    /// <summary>Identifies the field mapping within its table mapping, in stored bases, and in conflicts.</summary>
    FieldMappingKey Key { get; }

    /// <summary>The local field; null when the integration column gets a constant.</summary>
    string? LocalField { get; }

    /// <summary>The integration column; null when the local field gets a constant.</summary>
    string? IntegrationField { get; }

    /// <summary>Which way the field travels; a field never travels against its table mapping's direction.</summary>
    SyncDirection Direction { get; }

    /// <summary>Whether the field takes part. A disabled field mapping is kept for being enabled by configuration.</summary>
    bool IsEnabled { get; }

    /// <summary>The value for the one side whose other side has no field; blank otherwise.</summary>
    FieldValue Constant { get; }

    /// <summary>Whether the value is written only when a record is created, as Business Central's templates do.</summary>
    bool OnInsertOnly { get; }

    /// <summary>Whether a blank leaves the target as it is, for columns that refuse one, such as an owner. BC: "Not Null".</summary>
    bool SkipsBlank { get; }

    /// <summary>Converts values between the sides; null for the standard conversion by type and length.</summary>
    IFieldConverter? Converter { get; }

    /// <summary>How a reference is translated; null for a field that is not one.</summary>
    LookupMapping? Lookup { get; }
}
