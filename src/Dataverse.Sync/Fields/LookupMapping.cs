namespace Dataverse.Sync;

/// <summary>How a reference of one side becomes a reference of the other: through the couplings of another mapping.</summary>
public sealed record LookupMapping
{
    /// <summary>The mappings whose couplings are searched, in order; the first that knows the record wins.</summary>
    public required IReadOnlyList<string> Via { get; init; }

    /// <summary>
    /// The field of the referred local record that the local field holds, such as a salesperson's code; null when the local field holds the record's id.
    /// </summary>
    public string? LocalKey { get; init; }

    /// <summary>A local table that stands between the field's value and the referred record; null when there is none.</summary>
    public LookupLink? Link { get; init; }

    /// <summary>The integration record that a blank local value stands for, such as the local currency; null when blank means blank.</summary>
    public BlankReference? Blank { get; init; }

    /// <summary>Whether a reference that cannot be translated is cleared instead of holding the record back. BC: "Clear Value on Failed Sync".</summary>
    public bool ClearsWhenNotCoupled { get; init; }

    /// <summary>Whether a record whose value leads to no record at all is skipped instead of failing, as a contact of a company that is neither customer nor vendor.</summary>
    public bool SkipsRecordWhenNotFound { get; init; }
}
