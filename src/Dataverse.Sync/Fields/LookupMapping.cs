namespace Dataverse.Sync;

/// <summary>Translates a reference between the sides through the couplings of other mappings.</summary>
public sealed record LookupMapping
{
    /// <summary>
    /// The names of the mappings whose couplings are searched; the first in which the referenced record is coupled
    /// wins.
    /// </summary>
    /// <remarks>
    /// At least one. These mappings are not run first by themselves; name them in
    /// <see cref="IIntegrationTableMapping.Dependencies"/>.
    /// </remarks>
    public required IReadOnlyList<string> Via { get; init; }

    /// <summary>
    /// The field of the referenced local record whose value the local field contains, such as a salesperson's code.
    /// </summary>
    /// <value>The default is null: the local field contains the id of the record.</value>
    /// <remarks>Texts are compared without regard to letter case. Ignored if there is a <see cref="Link"/>.</remarks>
    public string? LocalKey { get; init; }

    /// <summary>
    /// A local table between the value of the field and the referenced record, or null if there is none.
    /// </summary>
    public LookupLink? Link { get; init; }

    /// <summary>The integration record that a blank local value stands for, or null if blank means blank.</summary>
    /// <remarks>The record is in the integration table of the first mapping in <see cref="Via"/>.</remarks>
    public BlankReference? Blank { get; init; }

    /// <summary>
    /// Whether a reference that cannot be translated is cleared. Business Central: Clear Value on Failed Sync.
    /// </summary>
    /// <value>
    /// The default is false: the record waits until the referenced record is coupled, or fails if there is none.
    /// </value>
    /// <remarks>
    /// The reference is written as soon as the referenced record is coupled. Until then the record is listed as
    /// <see cref="RecordFailureState.Waiting"/>, although it counts as synchronized.
    /// </remarks>
    public bool ClearsWhenNotCoupled { get; init; }

    /// <summary>
    /// Whether a reference that cannot be translated is left out: a new record is created without it, and an existing one
    /// keeps its value. Use it together with <see cref="IFieldMapping.SkipsBlank"/>.
    /// </summary>
    /// <value>
    /// The default is false: the record waits until the referenced record is coupled, or fails if there is none.
    /// </value>
    /// <remarks>The reference is written as soon as the referenced record is coupled, as after clearing it.</remarks>
    public bool IsLeftOutWhenNotCoupled { get; init; }

    /// <summary>Whether a record is skipped if its value refers to no record at all.</summary>
    /// <value>The default is false: such a record fails with <see cref="SyncErrorCodes.ReferenceNotFound"/>.</value>
    /// <remarks>Used for contacts of companies that are neither customers nor vendors.</remarks>
    public bool SkipsRecordWhenNotFound { get; init; }
}
