namespace Dataverse.Sync.Testing.Emulation;

/// <summary>An option that was added to a choice column and not published yet.</summary>
internal sealed record UnpublishedOption(string Table, string Column, DataverseChoice Choice);
