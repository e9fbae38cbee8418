namespace Dataverse.Sync.Execution;

/// <summary>
/// A base under construction, field by field. It allocates memory only when a field differs from the original base.
/// </summary>
internal struct BaseDraft
{
    private readonly CompiledMapping mapping;
    private readonly SynchronizedBase? before;
    private ulong[]? local;
    private ulong[]? integration;

    /// <summary>
    /// Starts from a base, or from an empty one if <paramref name="before"/> is null. A base that was stored under
    /// other field mappings is copied at once.
    /// </summary>
    public BaseDraft(CompiledMapping mapping, SynchronizedBase? before)
    {
        (this.mapping, this.before) = (mapping, before);
        if (before is null || !ReferenceEquals(before.Shape, mapping.Shape))
        {
            CopyOriginal();
        }
    }

    public readonly FieldBase this[CompiledField field] => local is null
        ? new(before!.Local[field.Index], before.Integration[field.Index])
        : new(local[field.Index], integration![field.Index]);

    public void Set(CompiledField field, FieldBase value)
    {
        if (this[field] == value)
        {
            return;
        }

        if (local is null)
        {
            CopyOriginal();
        }

        (local![field.Index], integration![field.Index]) = (value.Local, value.Integration);
    }

    public void Set(CompiledField field, SyncSide side, ulong fingerprint) =>
        Set(field, this[field].With(side, fingerprint));

    /// <summary>
    /// Returns the base, which is the original one if nothing differs from it. The draft must not be used afterward.
    /// </summary>
    public readonly SynchronizedBase ToBase() =>
        local is null ? before! : SynchronizedBase.Over(mapping.Shape, local, integration!);

    private void CopyOriginal()
    {
        var known = mapping.View(before);
        local = new ulong[mapping.Fields.Length];
        integration = new ulong[mapping.Fields.Length];
        foreach (var field in mapping.Fields)
        {
            (local[field.Index], integration[field.Index]) = (known[field].Local, known[field].Integration);
        }
    }
}
