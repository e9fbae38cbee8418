namespace Dataverse.Sync;

/// <summary>An option of a choice.</summary>
/// <param name="Value">The value that is stored.</param>
/// <param name="Label">The text that people see.</param>
public sealed record ChoiceOption(FieldValue Value, string Label)
{
    /// <summary>
    /// The number of an option that the system stores by name and orders by number, such as that of an enumeration of
    /// Business Central; null if the value is the number, or if the number is unknown.
    /// </summary>
    public int? Number { get; init; }

    /// <summary>The texts that people see in other languages; empty if there are none.</summary>
    public IReadOnlyList<string> OtherLabels { get; init; } = [];
}
