namespace Dataverse.Sync;

/// <summary>One pair of fields by which records are matched.</summary>
/// <param name="LocalField">The local field.</param>
/// <param name="IntegrationField">The integration column.</param>
/// <param name="IsCaseSensitive">Whether the letter case of texts matters.</param>
public sealed record MatchField(string LocalField, string IntegrationField, bool IsCaseSensitive = false);
