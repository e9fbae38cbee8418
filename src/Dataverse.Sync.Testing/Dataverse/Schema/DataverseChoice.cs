namespace Dataverse.Sync.Testing;

/// <summary>One member of a choice column.</summary>
/// <param name="Value">The number in JSON.</param>
/// <param name="Label">The text in formatted values and metadata.</param>
/// <param name="State">
/// For a status column, the state to which the member belongs; otherwise <see langword="null"/> (default).
/// </param>
public sealed record DataverseChoice(int Value, string Label, int? State = null)
{
    /// <summary>The texts in further languages, by language code such as 1031. Default none.</summary>
    public IReadOnlyDictionary<int, string> OtherLabels { get; init; } = new Dictionary<int, string>();
}
