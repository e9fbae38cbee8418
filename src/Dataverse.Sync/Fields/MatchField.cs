namespace Dataverse.Sync;

/// <summary>A pair of fields by which uncoupled records are matched.</summary>
/// <param name="LocalField">The local field.</param>
/// <param name="IntegrationField">The integration column.</param>
/// <param name="IsCaseSensitive">
/// Whether letter case matters in texts. Business Central: Case-Sensitive Matching.
/// </param>
public sealed record MatchField(string LocalField, string IntegrationField, bool IsCaseSensitive = false);
