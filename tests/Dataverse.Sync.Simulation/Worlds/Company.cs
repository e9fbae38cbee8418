using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>One company with its organization: the two systems, and the truth about what their users did.</summary>
internal sealed class Company
{
    private readonly HashSet<Guid> hidden = [];

    public Company(int number, WorldSettings settings, TimeProvider time)
    {
        Number = number;
        Settings = settings;
        Local = Tables.NewLocal(settings, new SkewedClock(time, settings.LocalSkew), $"company {number}");
        Integration = Tables.NewIntegration(settings, new SkewedClock(time, settings.IntegrationSkew), $"organization {number}");
        Identities = new(this);
        Contacts = new(this, time);
        Terms = new(this);
        Ledger.NotePolicy(settings.Deletions);
        Ledger.LeavesUncoupled |= settings.OnlyCoupled;
    }

    public int Number { get; }

    public WorldSettings Settings { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public Ledger Ledger { get; } = new();

    /// <summary>Writes whose requests are still under way although nobody waits for them any more.</summary>
    public List<LateRequest> LateRequests { get; } = [];

    /// <summary>What the engine may not read of the integration side.</summary>
    public Veil Veil { get; } = new();

    /// <summary>When an administrator changed a definition of the integration side.</summary>
    public DateTimeOffset DefinedOn { get; set; }

    /// <summary>Whether an administrator changed the length of the names.</summary>
    public bool IsResized { get; set; }

    public Dictionary<SyncSide, InMemoryBackup> Backups { get; } = [];

    public InMemoryConnector On(SyncSide side) => side == SyncSide.Local ? Local : Integration;

    public InMemoryTable CustomersOn(SyncSide side) => side == SyncSide.Local ? Local[Tables.Customers] : Integration[Tables.Accounts];

    public InMemoryTable PeopleOn(SyncSide side) => side == SyncSide.Local ? Local[Tables.People] : Integration[Tables.Users];

    public InMemoryTable ContactsOn(SyncSide side) => side == SyncSide.Local ? Local[Tables.Contacts] : Integration[Tables.Persons];

    /// <summary>Who the systems are, and what the configuration calls them.</summary>
    public Identities Identities { get; }

    /// <summary>The contacts, and what users and cascades did to them.</summary>
    public ContactBook Contacts { get; }

    /// <summary>What administrators have stored about the mappings.</summary>
    public Setup Setup { get; set; } = new();

    /// <summary>The terms of payment that users chose.</summary>
    public TermsBook Terms { get; }

    /// <summary>The fields that were blank in an uncoupled account when another one was merged into it, and that nobody has edited since.</summary>
    public HashSet<(Guid Account, string Field)> BlankAtMerge { get; } = [];

    /// <summary>The fields of a customer or account whose values carry a token.</summary>
    public IReadOnlyList<string> TokenFields => Settings.IsTailored ? Tokens.AllFields : Tokens.Fields;

    /// <summary>The pairs that a person took apart, and that nobody has coupled since.</summary>
    public HashSet<(Guid Local, Guid Integration)> TakenApart { get; } = [];

    /// <summary>The pairs that a person took apart, or tried to.</summary>
    public HashSet<(Guid Local, Guid Integration)> OnceTakenApart { get; } = [];

    /// <summary>The record that another one of its side names as its parent, or null.</summary>
    public TableRecord? ParentOf(SyncSide side, TableRecord record)
    {
        var value = record[Tables.ParentOn(side)];
        return value.IsBlank ? null
            : side == SyncSide.Integration ? CustomersOn(side).Find(value.AsIdentifier())
            : CustomersOn(side).Records.FirstOrDefault(parent => parent["number"] == value);
    }

    /// <summary>A record goes: the system empties the references to it.</summary>
    public void EmptyReferencesTo(SyncSide side, TableRecord record, bool isByUser = true)
    {
        Contacts.Leave(side, record, isByUser);
        if (!Settings.HasParents)
        {
            return;
        }

        var reference = ReferenceTo(side, record);
        foreach (var child in CustomersOn(side).Records.Where(child => child.Id != record.Id && child[Tables.ParentOn(side)] == reference).ToList())
        {
            _ = CustomersOn(side).Update(child.Id, (Tables.ParentOn(side), null));
            Ledger.NoteEvent();
        }
    }

    /// <summary>Whether a person coupled a customer and an account.</summary>
    public bool HasBeenCoupledByPerson { get; set; }

    /// <summary>The value by which others refer to a customer or an account.</summary>
    public static FieldValue ReferenceTo(SyncSide side, TableRecord record) =>
        side == SyncSide.Local ? record["number"] : FieldValue.Reference(record.Id, Tables.Accounts);

    /// <summary>Whether an account was merged into another one.</summary>
    public bool IsMerged(SyncSide side, TableRecord? record) =>
        Settings.HasMerges && side == SyncSide.Integration && record is not null && record["merged"] == FieldValue.Boolean(true);

    /// <summary>Whether a run has ended normally, so that the coupling store knows the systems.</summary>
    public bool IsRegistered => LastRunOn != default;

    /// <summary>When the last run of all mappings began that ended normally.</summary>
    public DateTimeOffset LastRunOn { get; set; }

    /// <summary>Whether a record is outside the filter of its side.</summary>
    public bool IsFrozen(SyncSide side, TableRecord? record) =>
        Settings.Filter is not null && record is not null && IsBlocked(side, record);

    public static bool IsBlocked(SyncSide side, TableRecord record) =>
        record[Tables.BlockedOn(side)] == FieldValue.Boolean(true);

    /// <summary>Whether an edit of a field on a side travels, so that it must not be lost.</summary>
    public bool Travels(SyncSide side, string field)
    {
        SyncDirection? direction = (field, Settings.Direction) switch
        {
            (Tailoring.Memo, var whole) => Setup.Memo is { } memo ? Both(whole, memo) : null,
            ("note" or "site", _) when Settings.IsPlain => null,
            ("note", SyncDirection.FromIntegrationTable) or ("site", SyncDirection.ToIntegrationTable) => null,
            ("note", _) => SyncDirection.ToIntegrationTable,
            ("site", _) => SyncDirection.FromIntegrationTable,
            var (_, whole) => whole,
        };
        return direction == SyncDirection.Bidirectional
            || direction == (side == SyncSide.Local ? SyncDirection.ToIntegrationTable : SyncDirection.FromIntegrationTable);
    }

    // A field mapping travels in the directions that both it and its mapping have.
    private static SyncDirection? Both(SyncDirection whole, SyncDirection field) =>
        whole == SyncDirection.Bidirectional ? field
        : field == SyncDirection.Bidirectional || field == whole ? whole
        : null;

    /// <summary>An administrator hid an account. No feed tells what happened to it meanwhile when it is shown again.</summary>
    public void NoteHidden(Guid account)
    {
        _ = hidden.Add(account);
        Ledger.NeedsFullRun = true;
    }

    public void ShowAll()
    {
        foreach (var account in hidden)
        {
            CustomersOn(SyncSide.Integration).Show(account);
        }

        hidden.Clear();
    }

    /// <summary>An administrator changed what the engine may read. A record that was edited meanwhile is met by a full run only.</summary>
    public void NoteDefinition(World world)
    {
        DefinedOn = world.Time.GetUtcNow();
        Ledger.NeedsFullRun = true;
    }

    /// <summary>What is entered into a withheld column, the engine takes for blank: it may be overwritten, and is met again by a full run only.</summary>
    public void NoteWithheld()
    {
        if (Veil.Withheld is not { } field)
        {
            return;
        }

        Ledger.NeedsFullRun = true;
        foreach (var account in CustomersOn(SyncSide.Integration).Records)
        {
            Ledger.Supersede(Tokens.Of(account[field]));
        }
    }

    /// <summary>Lets the requests take effect that are due by a time.</summary>
    public void Deliver(DateTimeOffset now)
    {
        if (LateRequests.Count == 0)
        {
            return;
        }

        foreach (var request in LateRequests.Where(request => request.DueOn <= now).ToList())
        {
            _ = LateRequests.Remove(request);
            request.Perform();
        }
    }
}
