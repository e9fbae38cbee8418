using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>Who the two systems of a company are: what they tell, what the configuration calls them, and what stands behind their addresses.</summary>
internal sealed class Identities(Company company)
{
    private readonly Dictionary<SyncSide, string> spellings = [];
    private readonly Dictionary<SyncSide, InMemoryConnector> strangers = [];

    /// <summary>Whether another system stands behind an address of the company.</summary>
    public bool HasStranger => strangers.Count > 0;

    /// <summary>Whether the configuration has called a system by another name. A name that nobody knows may belong to any system.</summary>
    public bool AreRenamed => spellings.Count > 0;

    /// <summary>The system that answers at the address of a side.</summary>
    public ITableConnector Behind(SyncSide side) => strangers.GetValueOrDefault(side, company.On(side));

    /// <summary>What the configuration calls the system of a side.</summary>
    public string NameOf(SyncSide side) => spellings.GetValueOrDefault(side, company.On(side).Identity);

    /// <summary>What the system of a side tells of itself.</summary>
    public Task<SystemIdentity?> IdentifyAsync(SyncSide side) => Task.FromResult(
        !company.Settings.HasIdentities ? null : new SystemIdentity($"{(strangers.ContainsKey(side) ? "stranger" : "own")} {side} {company.Number}"));

    /// <summary>The configuration spells the name of a system in another way from now on.</summary>
    public void Rename(SyncSide side, int spelling) => spellings[side] = $"{company.On(side).Identity} spelled {spelling}";

    /// <summary>Another system, with records of its own, appears behind the address of a side.</summary>
    public void Replace(SyncSide side, TimeProvider time)
    {
        var stranger = side == SyncSide.Local
            ? Tables.NewLocal(company.Settings, time, company.Local.Identity)
            : Tables.NewIntegration(company.Settings, time, company.Integration.Identity);
        _ = stranger[side == SyncSide.Local ? Tables.Customers : Tables.Accounts].Insert(("tag", "S1"), ("name", "Stranger"));
        strangers[side] = stranger;
    }

    /// <summary>The systems of the company are behind their addresses again.</summary>
    public void PutBack() => strangers.Clear();

    /// <summary>I20: nothing is written to a system that does not belong to the company.</summary>
    public void RequireOwn(SyncSide side, string table)
    {
        if (strangers.ContainsKey(side))
        {
            throw new InvariantViolationException("I20", $"The engine writes to {table} of another system, which stands behind the address of the {side} side.");
        }
    }
}
