namespace Dataverse.Sync.Execution;

/// <summary>Finds the partners of uncoupled records by the mapping's match fields.</summary>
internal interface IPartnerFinder
{
    /// <summary>Finds the partner of each record that has exactly one, or the doubt about it.</summary>
    /// <param name="searching">Uncoupled records of one side.</param>
    /// <param name="assigned">The partners that this run has already assigned. The partners found are added.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The partners and doubts by candidate; none for a record that nothing matches.</returns>
    Task<Dictionary<Candidate, PartnerMatch>> FindAsync(
        IReadOnlyList<Candidate> searching, AssignedPartners assigned, CancellationToken cancellationToken);
}
