namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What the meaning of a query depends on besides its text: the organization, the caller, and the time.</summary>
internal sealed record QueryScope(DatabaseState State, Guid User, DateTimeOffset Now)
{
    /// <summary>The business unit of the caller.</summary>
    public Guid? BusinessUnit => (State.Find("systemuser", User)?["businessunitid"] as DataverseReference)?.Id;

    /// <summary>
    /// The teams of the caller. The emulator has no memberships beyond those that every organization has: a user belongs to
    /// the default team of the business unit.
    /// </summary>
    public IEnumerable<Guid> Teams => State["team"].All
        .Where(team => team["isdefault"] is true && (team["businessunitid"] as DataverseReference)?.Id == BusinessUnit)
        .Select(team => team.Id);
}
