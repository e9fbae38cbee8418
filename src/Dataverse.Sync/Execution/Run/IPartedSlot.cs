namespace Dataverse.Sync.Execution;

/// <summary>An entry of a <see cref="PartedTable{TSlot}"/>, with its key.</summary>
internal interface IPartedSlot<TSlot>
    where TSlot : struct
{
    /// <summary>64 bits that depend on every bit of the key.</summary>
    ulong Hash { get; }

    /// <summary>Whether the slot contains no entry. That of a new table is free.</summary>
    bool IsFree { get; }

    /// <summary>Whether another entry has the same key.</summary>
    bool HasKeyOf(in TSlot other);
}
