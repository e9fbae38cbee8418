namespace Dataverse.Sync.WebApi;

/// <summary>The response of the action that adds an option.</summary>
internal sealed record InsertedOption(int? NewOptionValue);
