using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Shared;

/// <summary>What the caller may do with the secured columns of a table.</summary>
/// <remarks>
/// The service answers a column that the caller may not read as if it were empty, and a masked one with the mask as if
/// it were the value. Nothing in a row tells, so a column is readable only where the definitions prove it.
/// </remarks>
internal sealed class ColumnSecurity(EntityModel model)
{
    private static readonly string[] MaskedTypes = ["String", "Memo", "Integer", "BigInt", "Decimal", "Double", "Money"];

    /// <summary>Whether the caller reads the column's real values.</summary>
    public bool CanRead(AttributeDefinition attribute) =>
        (!IsSecured(attribute) || (model.Rights?.CanRead(attribute.MetadataId) == true && !MayBeMasked(attribute)))
        && !IsMasked(attribute);

    /// <summary>Whether the caller may give the column of a new row a value.</summary>
    public bool CanCreate(AttributeDefinition attribute) =>
        !IsSecured(attribute) || model.Rights?.CanCreate(attribute.MetadataId) == true;

    /// <summary>Whether the caller may change the column.</summary>
    public bool CanUpdate(AttributeDefinition attribute) =>
        !IsSecured(attribute) || model.Rights?.CanUpdate(attribute.MetadataId) == true;

    /// <summary>Logs what keeps columns from taking part that the rights alone do not explain.</summary>
    public void Report(ILogger logger, string connector)
    {
        var table = model.Entity.LogicalName!;
        if (model.MaskedColumns is null && model.Attributes.Any(MayBeMasked))
        {
            SchemaLog.MasksUnknown(logger, connector, table);
        }

        foreach (var attribute in model.Attributes.Where(IsMasked))
        {
            SchemaLog.ColumnMasked(logger, connector, table, attribute.LogicalName!);
        }
    }

    // Only secured texts and numbers can be masked, so where the rules cannot be read these are the doubtful ones.
    private bool MayBeMasked(AttributeDefinition attribute) =>
        model.MaskedColumns is null && IsSecured(attribute) && MaskedTypes.Contains(attribute.AttributeType);

    private bool IsMasked(AttributeDefinition attribute) =>
        attribute.LogicalName is { } name && model.MaskedColumns?.Contains(name) == true;

    private static bool IsSecured(AttributeDefinition attribute) => attribute.IsSecured == true;
}
