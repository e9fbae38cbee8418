namespace Dataverse.Sync;

/// <summary>A field of a table that cannot be synchronized.</summary>
/// <param name="Name">The name of the field, as the system uses it.</param>
/// <param name="Description">
/// What the field is, as a noun with its article, such as "a file column" or "a property of the type Edm.Stream".
/// </param>
/// <param name="Reason">Why it cannot be synchronized, as a clause that ends with a period.</param>
public sealed record UnsupportedField(string Name, string Description, string Reason);
