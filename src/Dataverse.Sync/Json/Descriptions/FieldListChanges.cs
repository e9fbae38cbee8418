namespace Dataverse.Sync.Documents;

/// <summary>What was removed, kept, and added between two lists of field mappings.</summary>
internal sealed class FieldListChanges
{
    public FieldListChanges(IReadOnlyList<IFieldMapping> before, IReadOnlyList<IFieldMapping> after)
    {
        var (old, current) = (before.Cast<FieldMapping>().ToList(), after.Cast<FieldMapping>().ToList());
        Kept =
        [
            .. from field in old
               let same = current.Find(other => IdentityOf(other) == IdentityOf(field))
               where same is not null
               select (field, same),
        ];
        Removed = [.. old.Where(field => !current.Exists(other => IdentityOf(other) == IdentityOf(field)))];
        Added = [.. current.Where(field => !old.Exists(other => IdentityOf(other) == IdentityOf(field)))];
        var applied = Kept.Select(pair => IdentityOf(pair.After)).Concat(Added.Select(IdentityOf));
        AreExpressible = old.DistinctBy(IdentityOf).Count() == old.Count && applied.SequenceEqual(current.Select(IdentityOf));
    }

    public IReadOnlyList<FieldMapping> Removed { get; }

    public IReadOnlyList<(FieldMapping Before, FieldMapping After)> Kept { get; }

    public IReadOnlyList<FieldMapping> Added { get; }

    /// <summary>
    /// Whether removing, changing, and adding at the end leads to the second list. It does not if the order was changed.
    /// </summary>
    public bool AreExpressible { get; }

    /// <summary>The fields identify a field mapping, not its key, which can change.</summary>
    private static (string? Local, string? Integration) IdentityOf(FieldMapping field) =>
        (field.LocalField, field.IntegrationField);
}
