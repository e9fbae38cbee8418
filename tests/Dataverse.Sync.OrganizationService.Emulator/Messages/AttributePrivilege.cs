namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The rights on a secured column, with the members of the SDK's type.</summary>
/// <param name="AttributeId">The id of the column in the metadata.</param>
/// <param name="CanCreate">4 for a right to set the value of a new row, otherwise 0.</param>
/// <param name="CanRead">4 for a right to read, otherwise 0.</param>
/// <param name="CanUpdate">4 for a right to change, otherwise 0.</param>
public sealed record AttributePrivilege(Guid AttributeId, int CanCreate, int CanRead, int CanUpdate);
