namespace Dataverse.Sync.Suggestions;

/// <summary>A form in which the name of a field may agree with another one.</summary>
/// <param name="Key">The letters and digits in lower case, or a known meaning after an equals sign.</param>
/// <param name="Weight">How much of the name is left, from 0 to 1.</param>
/// <param name="Reason">What an agreement in this form is.</param>
internal readonly record struct NameForm(string Key, double Weight, SuggestionReason Reason);
