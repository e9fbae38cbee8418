namespace Dataverse.Sync.Execution;

/// <summary>Finds no partners, because the mapping has no match fields, or a person lets partners be created.</summary>
internal sealed class NoPartnerFinder : IPartnerFinder
{
    public static NoPartnerFinder Instance { get; } = new();

    public Task<Dictionary<Candidate, PartnerMatch>> FindAsync(
        IReadOnlyList<Candidate> searching, AssignedPartners assigned, CancellationToken cancellationToken) =>
        Task.FromResult(new Dictionary<Candidate, PartnerMatch>());
}
