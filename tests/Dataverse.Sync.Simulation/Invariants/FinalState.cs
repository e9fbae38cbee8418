using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>The invariants that are checked once everything is quiet.</summary>
internal sealed class FinalState(World world, Company company, StoreContents customers, StoreContents people, StoreContents contacts)
{
    private readonly Ledger ledger = company.Ledger;

    /// <summary>Reads what the store holds.</summary>
    public static async Task<FinalState> ReadAsync(World world, Company company) => new(
        world,
        company,
        await world.ReadStoreAsync(company, Tables.Customer),
        await world.ReadStoreAsync(company, Tables.Person),
        await world.ReadStoreAsync(company, Tables.Contact));

    /// <summary>I2 and I10: every edit is in force somewhere, was replaced by somebody who saw it, or is kept with a conflict.</summary>
    public void NothingIsLost()
    {
        var present = new HashSet<long>();
        foreach (var side in Sides)
        {
            foreach (var record in company.CustomersOn(side).Records)
            {
                foreach (var field in company.TokenFields)
                {
                    _ = present.Add(Tokens.Of(record[field]));
                }
            }
        }

        foreach (var field in customers.Conflicts.SelectMany(conflict => conflict.Fields).Where(Tokens.IsIn))
        {
            _ = present.Add(Tokens.Of(field.Local));
            _ = present.Add(Tokens.Of(field.Integration));
        }

        foreach (var side in Sides)
        {
            present.UnionWith(company.ContactsOn(side).Records.Select(contact => Tokens.Of(contact[ContactBook.NameOn(side)])));
        }

        foreach (var field in contacts.Conflicts.SelectMany(conflict => conflict.Fields).Where(Tokens.IsIn))
        {
            _ = present.Add(Tokens.Of(field.Local));
            _ = present.Add(Tokens.Of(field.Integration));
        }

        foreach (var (token, description) in ledger.Edits)
        {
            Require(present.Contains(token) || ledger.IsSuperseded(token), "I2", $"Edit {token} is lost: {description}.");
        }

        var lost = company.Settings.IsTailored ? company.Terms.FindLost(customers) : null;
        Require(lost is null, "I2", $"The choice of terms is lost: {lost}.");
    }

    /// <summary>I1: the mapped fields of every pair agree, unless an open conflict says why not.</summary>
    public void PairsAgree(bool afterFullRun)
    {
        // A pair that a person coupled is looked at when one of its records changes, or by a full run.
        foreach (var coupling in customers.Couplings.Where(coupling => afterFullRun || coupling.Base is not null))
        {
            var local = company.CustomersOn(SyncSide.Local).Find(coupling.LocalId);
            var integration = company.CustomersOn(SyncSide.Integration).Find(coupling.IntegrationId);
            if (IsPoisoned(local) || IsPoisoned(integration))
            {
                continue;
            }

            if (company.IsFrozen(SyncSide.Local, local) || company.IsFrozen(SyncSide.Integration, integration)
                || IsMergedAndReported(coupling, integration))
            {
                continue;
            }

            if (local is null || integration is null)
            {
                Require(IsReported(coupling) || (!afterFullRun && IsDeletedUnseen(coupling, local, integration)), "I1", $"The pair {local?["tag"]}/{integration?["tag"]} has lost a record and nobody is told.");
                continue;
            }

            if (ReferenceIsLost(SyncSide.Local, local.Id) || ReferenceIsLost(SyncSide.Integration, integration.Id)
                || ParentIsUncoupled(SyncSide.Local, local) || ParentIsUncoupled(SyncSide.Integration, integration))
            {
                continue;
            }

            foreach (var field in company.TokenFields.Where(field => MustAgree(field, afterFullRun) && !IsInConflict(coupling, field) && !MayStayChanged(coupling, field) && !IsLeftAlone(field, local[field], integration[field]) && !IsClearedUnseen(field, integration[field])))
            {
                Require(
                    Tokens.Of(local[field]) == Tokens.Of(integration[field]), "I1", $"Field {field} of the pair {local["tag"]}/{integration["tag"]} differs: {local[field]} and {integration[field]}.");
            }

            ParentsAgree(coupling, local, integration, afterFullRun);
            TermsAgree(coupling, local, integration, afterFullRun);
            Require(
                IsInConflict(coupling, Tokens.Agent) || MayStayChanged(coupling, Tokens.Agent) || !MustAgree(Tokens.Agent, afterFullRun) || IsLeftAlone(Tokens.Agent, local["agent"], integration["ownerid"]) || PersonOf(local) == integration["ownerid"], "I16", $"The pair {local["tag"]}/{integration["tag"]} refers to different people.");
        }
    }

    // The partner of a merged account is left to a person.
    private bool IsMergedAndReported(Coupling coupling, TableRecord? integration) =>
        company.IsMerged(SyncSide.Integration, integration) && customers.Failures.Any(failure => failure.Record.Id == coupling.IdOf(failure.Record.Side));

    // A record that names an uncoupled one waits with all of its values, and so does its partner.
    private bool ParentIsUncoupled(SyncSide side, TableRecord record) =>
        company.Settings.HasParents && company.ParentOf(side, record) is { } parent && PartnerOf(side, parent) is null;

    // What refers to a record whose partner is gone waits, with a reason, until a person decides about that pair, and so does what refers to it.
    private bool LeadsToBrokenPair(SyncSide side, TableRecord record)
    {
        var seen = new HashSet<Guid>();
        for (var at = record; company.Settings.HasParents && seen.Add(at.Id) && company.ParentOf(side, at) is { } parent; at = parent)
        {
            if (customers.Failures.All(failure => failure.Record != new RecordKey(side, at.Id)))
            {
                return false;
            }

            if (customers.Couplings.Any(coupling => coupling.IdOf(side) == parent.Id))
            {
                return PartnerOf(side, parent) is null;
            }
        }

        return false;
    }

    // I16: a customer and its account are paid for by one pair, or by the records of one that a person took apart.
    private void ParentsAgree(Coupling coupling, TableRecord local, TableRecord integration, bool afterFullRun)
    {
        var field = Tables.ParentOn(SyncSide.Local);
        if (!company.Settings.HasParents || !MustAgree(field, afterFullRun) || IsInConflict(coupling, field) || MayStayChanged(coupling, field)
            || IsLeftAlone(field, local[field], integration[Tables.ParentOn(SyncSide.Integration)]))
        {
            return;
        }

        var (ours, theirs) = (company.ParentOf(SyncSide.Local, local), company.ParentOf(SyncSide.Integration, integration));
        var ourPartner = ours is null ? null : PartnerOf(SyncSide.Local, ours);
        var wereTakenApart = ours is not null && theirs is not null && company.OnceTakenApart.Contains((ours.Id, theirs.Id));
        Require(wereTakenApart || ourPartner?.Id == theirs?.Id, "I16", $"Others pay for {local["tag"]} than for {integration["tag"]}: {ours?["tag"]} and {theirs?["tag"]}.");
    }

    // I29: both records of a pair have the same option, unless one of the options has no counterpart.
    private void TermsAgree(Coupling coupling, TableRecord local, TableRecord integration, bool afterFullRun)
    {
        var field = Tailoring.Terms;
        if (!company.Settings.IsTailored || !MustAgree(field, afterFullRun) || IsInConflict(coupling, field) || MayStayChanged(coupling, field)
            || IsLeftAlone(field, local[field], integration[field]))
        {
            return;
        }

        var pairsOther = company.Setup.PairsOther;
        var (ours, theirs) = (Tailoring.NameOf(company, SyncSide.Local, local[field], pairsOther), Tailoring.NameOf(company, SyncSide.Integration, integration[field], pairsOther));
        Require(
            ours == theirs || !Tailoring.IsMapped(ours, pairsOther) || !Tailoring.IsMapped(theirs, pairsOther),
            "I29",
            $"The terms of the pair {local["tag"]}/{integration["tag"]} differ: {ours} and {theirs}.");
    }

    /// <summary>I1: no record is left alone that the mapping would take along.</summary>
    public void EveryRecordIsCoupled(bool afterFullRun)
    {
        if (ledger.LeavesUncoupled && !afterFullRun)
        {
            return;
        }

        foreach (var side in Sides.Where(side => company.Settings.Direction is SyncDirection.Bidirectional || (company.Settings.Direction == SyncDirection.ToIntegrationTable) == (side == SyncSide.Local)))
        {
            var coupled = customers.Couplings.Select(coupling => coupling.IdOf(side)).ToHashSet();
            foreach (var record in company.CustomersOn(side).Records.Where(record => !company.IsFrozen(side, record) && !company.IsMerged(side, record)))
            {
                Require(coupled.Contains(record.Id) || IsLeftToPerson(side, record) || ledger.IsPoisoned(record["tag"].ToString()) || ReferenceIsLost(side, record.Id) || LeadsToBrokenPair(side, record), "I1", $"The record {record["tag"]} on the {side} side has no partner.");
            }
        }
    }

    /// <summary>I3: no record has two counterparts.</summary>
    public void NothingIsThereTwice()
    {
        foreach (var side in Sides)
        {
            // A record that was matched with one that somebody made on the other side is nobody's second counterpart.
            var records = company.CustomersOn(side).Records.Where(record => PartnerOf(side, record) is not { } partner || partner["tag"] == record["tag"]);
            foreach (var group in records.Concat(company.PeopleOn(side).Records).GroupBy(record => record["tag"].ToString()))
            {
                Require(group.Count() == 1 || ledger.IsLoose(group.Key), "I3", $"The record {group.Key} is there {group.Count()} times on the {side} side.");
            }
        }
    }

    /// <summary>I25: a pair that a person took apart stays apart until a person couples it.</summary>
    public void UncoupledPairsStayApart()
    {
        foreach (var coupling in customers.Couplings)
        {
            Require(!company.TakenApart.Contains((coupling.LocalId, coupling.IntegrationId)), "I25", $"The engine coupled {coupling.LocalId} and {coupling.IntegrationId} again.");
        }
    }

    /// <summary>I8: a record is in one coupling at most; I10: a pair has one open conflict at most.</summary>
    public void CouplingsAreBijective()
    {
        foreach (var contents in new[] { customers, people, contacts })
        {
            Require(contents.Couplings.DistinctBy(coupling => coupling.LocalId).Count() == contents.Couplings.Count, "I8", "A local record is in two couplings.");
            Require(contents.Couplings.DistinctBy(coupling => coupling.IntegrationId).Count() == contents.Couplings.Count, "I8", "An integration record is in two couplings.");
            var open = contents.Conflicts.Where(conflict => conflict.Resolution == ConflictResolution.Open).ToList();
            Require(open.DistinctBy(conflict => conflict.LocalId).Count() == open.Count, "I10", "A pair has two open conflicts.");
        }
    }

    /// <remarks>A repetition that the service refuses, or that a reference holds back, keeps its id for the next one. Its record has a failure.</remarks>
    public void JournalIsEmpty() => Require(
        customers.Intents.All(MustWait) && people.Intents.Count == 0, "I18", "The journal holds writes that nobody settled.");

    /// <summary>I6: what a user deleted stays deleted where the policy says so.</summary>
    public void DeletedRecordsStayDeleted()
    {
        foreach (var (side, tag) in ledger.Deletions)
        {
            Require(company.CustomersOn(side).Records.All(record => record["tag"].ToString() != tag), "I6", $"The record {tag} is back on the {side} side.");
        }
    }

    /// <summary>I5: the writes are in proportion to what the users did.</summary>
    public void WritesAreBounded() =>
        Require(ledger.Writes <= 40 + (6 * ledger.Events), "I5", $"{ledger.Events} things that users did led to {ledger.Writes} writes.");

    private bool MustWait(Intent intent)
    {
        var side = intent.Target == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
        return ReferenceIsLost(side, intent.SourceId)
            || (company.CustomersOn(side).Find(intent.SourceId) is { } record
                && (IsLeftToPerson(side, record) || ParentAwaitsDecision(side, record))
                && customers.Failures.Any(failure => failure.Record == new RecordKey(side, record.Id)));
    }

    // The parent's partner was deleted, so that the service refuses the reference until a person decides about the pair.
    private bool ParentAwaitsDecision(SyncSide side, TableRecord record) =>
        company.ParentOf(side, record) is { } parent
        && customers.Failures.Any(failure => failure.Record == new RecordKey(side, parent.Id) && failure.Error.Code == SyncErrorCodes.CoupledRecordDeleted);

    private static SyncSide[] Sides { get; } = [SyncSide.Local, SyncSide.Integration];

    private TableRecord? PartnerOf(SyncSide side, TableRecord record)
    {
        var other = side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
        return customers.Couplings.FirstOrDefault(coupling => coupling.IdOf(side) == record.Id) is { } coupling ? company.CustomersOn(other).Find(coupling.IdOf(other)) : null;
    }

    // Where deletions are not reported, a full run finds what no scan of the keys does.
    private bool IsDeletedUnseen(Coupling coupling, TableRecord? local, TableRecord? integration)
    {
        var isReported = world.Settings.TracksChanges && world.Settings.Direction != SyncDirection.ToIntegrationTable;
        return world.Settings.ScansRarely
            && ((local is null && ledger.IsDeletedUnseen(coupling.LocalId)) || (integration is null && !isReported && ledger.IsDeletedUnseen(coupling.IntegrationId)));
    }

    private bool IsPoisoned(TableRecord? record) => record is not null && ledger.IsPoisoned(record["tag"].ToString());

    private bool MustAgree(string field, bool afterFullRun)
    {
        var isBothWays = company.Travels(SyncSide.Local, field) && company.Travels(SyncSide.Integration, field);
        var travels = company.Travels(SyncSide.Local, field) || company.Travels(SyncSide.Integration, field);
        return travels && (isBothWays || (afterFullRun && !ledger.HasRestored));
    }

    // The target of a one-way field keeps its value while the source has none.
    private bool IsLeftAlone(string field, FieldValue local, FieldValue integration) =>
        company.Travels(SyncSide.Local, field) != company.Travels(SyncSide.Integration, field)
        && (company.Travels(SyncSide.Local, field) ? IsBlankOrZero(local) : integration.IsBlank);

    // The local side stores a zero for a blank.
    private static bool IsBlankOrZero(FieldValue value) =>
        value.IsBlank || (value.Kind == FieldValueKind.Decimal && value.AsDecimal() == 0);

    // Who clears a column leaves in it what the service answered to the engine's own write while it withheld the column.
    private bool IsClearedUnseen(string field, FieldValue integration) => integration.IsBlank && company.Veil.HasWithheld(field);

    // A record waits as well as the one that it names as its parent.
    private bool IsLeftToPerson(SyncSide side, TableRecord record)
    {
        var met = new HashSet<Guid>();
        for (var next = record; next is not null && met.Add(next.Id); next = company.ParentOf(side, next))
        {
            if (IsLeftToPerson(new RecordKey(side, next.Id)) || (next != record && (company.IsFrozen(side, next) || company.IsMerged(side, next) || IsPoisoned(next) || ReferenceIsLost(side, next.Id))))
            {
                return true;
            }
        }

        return false;
    }

    // Its partner is doubtful or outside the filter, or it was uncoupled.
    private bool IsLeftToPerson(RecordKey record) => customers.Failures.Any(failure =>
        failure.Record == record
        && ((failure.State is RecordFailureState.Doubtful or RecordFailureState.Uncoupled && failure.Candidates.Count > 0)
            || (failure.Error.Code == SyncErrorCodes.PartnerOutsideFilter && HasFrozen)));

    private bool HasFrozen => Sides.Any(side => company.CustomersOn(side).Records.Any(record => company.IsFrozen(side, record)));

    private bool MayStayChanged(Coupling coupling, string field) => ledger.MayStayChanged(coupling.LocalId, field) || ledger.MayStayChanged(coupling.IntegrationId, field);

    private bool IsReported(Coupling coupling) =>
        customers.Failures.Any(failure => failure.Error.Code is SyncErrorCodes.CoupledRecordDeleted or SyncErrorCodes.DoubtfulMatch or SyncErrorCodes.CascadingDeletion or SyncErrorCodes.ReferenceNotFound or InMemoryErrorCodes.TargetNotFound && failure.Record.Id == coupling.IdOf(failure.Record.Side))
        || customers.Conflicts.Any(conflict => conflict.Resolution == ConflictResolution.Open && conflict.LocalId == coupling.LocalId);

    private bool ReferenceIsLost(SyncSide side, Guid id) => ledger.HasRestored && customers.Failures.Any(failure =>
        failure.Record == new RecordKey(side, id)
        && failure.Error.Code is SyncErrorCodes.ReferenceNotFound or SyncErrorCodes.ReferenceNotCoupled or InMemoryErrorCodes.TargetNotFound);

    private bool IsInConflict(Coupling coupling, string name) => customers.Conflicts.Any(conflict =>
        conflict.Resolution == ConflictResolution.Open && conflict.LocalId == coupling.LocalId && conflict.Fields.Any(field => Tokens.NameOf(field) == name));

    private FieldValue PersonOf(TableRecord local)
    {
        if (local["agent"].IsBlank)
        {
            return FieldValue.Blank;
        }

        var person = company.Local[Tables.People].Records.FirstOrDefault(record => record["code"] == local["agent"]);
        return people.Couplings.FirstOrDefault(coupling => coupling.LocalId == person?.Id) is { } coupling
            ? FieldValue.Reference(coupling.IntegrationId, Tables.Users)
            : FieldValue.Blank;
    }

    private void Require(bool holds, string invariant, string message)
    {
        if (!holds)
        {
            throw new InvariantViolationException(invariant, world.Companies.Count == 1 ? message : $"company {company.Number}: {message}");
        }
    }
}
