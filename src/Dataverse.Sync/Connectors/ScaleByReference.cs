namespace Dataverse.Sync;

/// <summary>The scales of an amount by the record to which a reference field points, such as its currency.</summary>
/// <param name="Field">The reference field of the same table.</param>
/// <param name="Scales">The number of decimal places by the id of the referenced record.</param>
public sealed record ScaleByReference(string Field, IReadOnlyDictionary<Guid, int> Scales);
