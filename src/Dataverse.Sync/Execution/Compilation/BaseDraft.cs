namespace Dataverse.Sync.Execution;

/// <summary>What a base becomes, field by field; no memory is spent as long as nothing differs from the base that it begins with.</summary>
internal struct BaseDraft
{
    private readonly CompiledMapping mapping;
    private readonly SynchronizedBase? before;
    private ulong[]? local;
    private ulong[]? integration;

    /// <summary>Begins with a base, or with one in which nothing was ever synchronized. One that was stored under other field mappings is taken over at once.</summary>
    public BaseDraft(CompiledMapping mapping, SynchronizedBase? before)
    {
        (this.mapping, this.before) = (mapping, before);
        if (before is null || !ReferenceEquals(before.Shape, mapping.Shape))
        {
            TakeOver();
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
            TakeOver();
        }

        (local![field.Index], integration![field.Index]) = (value.Local, value.Integration);
    }

    public void Set(CompiledField field, SyncSide side, ulong fingerprint) =>
        Set(field, this[field].With(side, fingerprint));

    /// <summary>The base: the one that the draft began with when nothing differs from it. The draft must not be used afterwards.</summary>
    public readonly SynchronizedBase ToBase() => local is null ? before! : SynchronizedBase.Over(mapping.Shape, local, integration!);

    private void TakeOver()
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
