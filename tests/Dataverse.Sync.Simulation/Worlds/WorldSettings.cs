using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>What one history's two systems and mappings are like; drawn with the history and printed with it.</summary>
internal sealed record WorldSettings
{
    public SyncDirection Direction { get; init; } = SyncDirection.Bidirectional;

    public UpdateConflictPolicy Conflicts { get; init; }

    public DeletionPolicy Deletions { get; init; }

    public bool OnlyCoupled { get; init; }

    /// <summary>What becomes of a pair of which a user blocks a record; null where blocked records take part as all others.</summary>
    public OutsideFilterPolicy? Filter { get; init; }

    /// <summary>Whether uncoupled records look for a partner by their e-mail address.</summary>
    public bool Matches { get; init; } = true;

    public int LocalPageSize { get; init; } = 100;

    public int IntegrationPageSize { get; init; } = 100;

    /// <summary>By how much the clock of a system is ahead of the engine's.</summary>
    public TimeSpan LocalSkew { get; init; }

    public TimeSpan IntegrationSkew { get; init; }

    public WriteAnswer LocalAnswer { get; init; } = WriteAnswer.Record;

    public WriteAnswer IntegrationAnswer { get; init; } = WriteAnswer.Version;

    public ServerForms Forms { get; init; }

    /// <summary>Whether a third mapping takes part, which depends on neither of the others.</summary>
    public bool HasItems { get; init; }

    /// <summary>Whether customers name others that pay for them, so that references may lead round in circles.</summary>
    public bool HasParents { get; init; }

    /// <summary>Whether the integration side has change tracking, with deletions; otherwise stamps only.</summary>
    public bool TracksChanges { get; init; } = true;

    /// <summary>Whether runs of modified records hardly ever list the keys of a side, so that they depend on its feed alone.</summary>
    public bool ScansRarely { get; init; }

    /// <summary>Whether only fields that travel both ways are mapped, so that a new record holds exactly what was sent.</summary>
    public bool IsPlain { get; init; }

    /// <summary>After how many identical failures a record is left to a person; zero for never.</summary>
    public int SkipsAfter { get; init; }

    /// <summary>How long a lease holds that nobody renews.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a second company with the same ids shares the coupling store.</summary>
    public bool HasSecondCompany { get; init; }

    /// <summary>Whether the couplings are kept in an SQLite file instead of in memory.</summary>
    public bool KeepsFile { get; init; }

    /// <summary>Whether customers have contacts, which the integration side deletes together with their account.</summary>
    public bool HasContacts { get; init; }

    /// <summary>What becomes of a deletion that would delete contacts.</summary>
    public CascadePolicy Cascades { get; init; }

    /// <summary>Whether the integration side takes its time to delete contacts together with their account.</summary>
    public bool CascadesLate { get; init; }

    /// <summary>Whether users merge accounts.</summary>
    public bool HasMerges { get; init; }

    /// <summary>Whether the systems tell who they are, and the coupling store remembers it.</summary>
    public bool HasIdentities { get; init; }

    /// <summary>Whether customers have transformed texts, options, and templates, and administrators store changes of the mapping.</summary>
    public bool IsTailored { get; init; }

    public override string ToString() =>
        $"{Direction}, conflicts {Conflicts}, deletions {Deletions}{(OnlyCoupled ? ", only coupled" : "")}{(Matches ? ", matching" : "")}{(Filter is null ? "" : $", filters {Filter}")}"
        + $", pages {LocalPageSize}/{IntegrationPageSize}, clocks {LocalSkew.TotalSeconds:+0;-0;0} s/{IntegrationSkew.TotalSeconds:+0;-0;0} s"
        + $", answers {LocalAnswer}/{IntegrationAnswer}{(Forms == ServerForms.Exact ? "" : $", forms {Forms}")}{(HasItems ? ", items" : "")}{(HasParents ? ", parents" : "")}{(TracksChanges ? ", change tracking" : ", stamps")}{(IsPlain ? ", plain" : "")}{(ScansRarely ? ", rare scans" : "")}{(SkipsAfter == 0 ? "" : $", skipping after {SkipsAfter}")}{(LeaseDuration == TimeSpan.FromMinutes(1) ? "" : $", leases of {LeaseDuration.TotalMinutes:0} minutes")}{(HasContacts ? $", contacts, cascades {Cascades}{(CascadesLate ? ", late" : "")}" : "")}{(HasMerges ? ", merges" : "")}{(HasIdentities ? ", identities" : "")}{(IsTailored ? ", tailored" : "")}{(HasSecondCompany ? ", two companies" : "")}{(KeepsFile ? ", SQLite" : "")}";
}
