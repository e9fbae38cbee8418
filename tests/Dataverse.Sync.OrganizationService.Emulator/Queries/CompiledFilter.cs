namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>A filter with the number of its conditions.</summary>
internal sealed record CompiledFilter(int Conditions, Func<JoinedRow, bool> Matches);
