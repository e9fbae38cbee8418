namespace Dataverse.Sync.KillTests;

/// <summary>Compares the two tables of one mapping with each other and with the coupling file.</summary>
internal sealed class PairFindings
{
    private readonly TablePair pair;
    private readonly List<string> problems;
    private readonly IReadOnlyList<RecordConflict> conflicts;
    private readonly IReadOnlyList<RecordFailure> failures;
    private readonly IReadOnlyList<RecordConflict> companyConflicts;
    private readonly HashSet<RecordKey> leftToPerson;

    public PairFindings(TablePair pair, Snapshot snapshot, StoredState stored, List<string> problems)
    {
        (this.pair, this.problems) = (pair, problems);
        (Local, Integration) = (snapshot.Local(pair), snapshot.Integration(pair));
        Couplings = stored.Couplings[pair.Mapping];
        conflicts = stored.Conflicts[pair.Mapping];
        failures = stored.Failures[pair.Mapping];
        leftToPerson = LeftToPerson(stored);
        companyConflicts = [.. stored.Conflicts[StandardMappingNames.Customer], .. stored.Conflicts[StandardMappingNames.Vendor]];
    }

    public string Mapping => pair.Mapping;

    public IReadOnlyList<SeenRecord> Local { get; }

    public IReadOnlyList<SeenRecord> Integration { get; }

    public IReadOnlyList<Coupling> Couplings { get; }

    public int Duplicates { get; private set; }

    public int Orphans { get; private set; }

    public int Differences { get; private set; }

    /// <summary>Names that are on both sides and not coupled: records that were made and of which the coupling file knows at most the journal entry.</summary>
    public int MadeAndNotCoupled => NamesOfUncoupled(SyncSide.Local, Local).Intersect(NamesOfUncoupled(SyncSide.Integration, Integration)).Count();

    public void Find()
    {
        FindDuplicates(SyncSide.Local, Local);
        FindDuplicates(SyncSide.Integration, Integration);
        FindSharedRecords();
        FindOrphans(SyncSide.Local, Local, pair.LocalNeedsPartner);
        FindOrphans(SyncSide.Integration, Integration, pair.IntegrationNeedsPartner);
        FindBrokenAndDifferent();
    }

    // Records of the sample whose partner is doubtful or outside its filter, and those that refer to them. The records that people make have no such partner.
    private HashSet<RecordKey> LeftToPerson(StoredState stored)
    {
        var left = stored.Failures.Values.SelectMany(list => list)
            .Where(failure => failure.Error.Code is SyncErrorCodes.DoubtfulMatch or SyncErrorCodes.PartnerOutsideFilter)
            .Select(failure => failure.Record)
            .ToHashSet();
        return [.. failures.Where(failure => left.Contains(failure.Record) || (failure.Awaited is { } awaited && left.Contains(awaited.Record))).Select(failure => failure.Record)];
    }

    private void FindDuplicates(SyncSide side, IReadOnlyList<SeenRecord> records)
    {
        foreach (var same in records.GroupBy(record => record.Name).Where(group => group.Count() > 1))
        {
            Duplicates += same.Count() - 1;
            problems.Add($"{pair.Mapping}: '{same.Key}' is {same.Count()} times on the {side} side.");
        }
    }

    private void FindSharedRecords()
    {
        foreach (var side in new[] { SyncSide.Local, SyncSide.Integration })
        {
            foreach (var shared in Couplings.GroupBy(coupling => coupling.IdOf(side)).Where(group => group.Count() > 1))
            {
                problems.Add($"{pair.Mapping}: {side} record {shared.Key} is in {shared.Count()} couplings.");
            }
        }
    }

    private void FindOrphans(SyncSide side, IReadOnlyList<SeenRecord> records, bool needsPartner)
    {
        foreach (var record in needsPartner ? Uncoupled(side, records).Where(record => !leftToPerson.Contains(new(side, record.Id))) : [])
        {
            Orphans++;
            var error = failures.FirstOrDefault(failure => failure.Record.Id == record.Id)?.Error;
            problems.Add($"{pair.Mapping}: '{record.Name}' on the {side} side is not coupled{(error is null ? string.Empty : $" ({error.Code}: {error.Message})")}.");
        }
    }

    private IEnumerable<SeenRecord> Uncoupled(SyncSide side, IReadOnlyList<SeenRecord> records)
    {
        var coupled = Couplings.Select(coupling => coupling.IdOf(side)).ToHashSet();
        return records.Where(record => !coupled.Contains(record.Id));
    }

    private IEnumerable<string> NamesOfUncoupled(SyncSide side, IReadOnlyList<SeenRecord> records) => Uncoupled(side, records).Select(record => record.Name);

    private void FindBrokenAndDifferent()
    {
        var local = Local.ToDictionary(record => record.Id);
        var integration = Integration.ToDictionary(record => record.Id);
        foreach (var coupling in Couplings)
        {
            if (local.TryGetValue(coupling.LocalId, out var left) && integration.TryGetValue(coupling.IntegrationId, out var right))
            {
                FindDifferences(left, right);
            }
            else if (!conflicts.Any(conflict => conflict.Kind != ConflictKind.Update && conflict.LocalId == coupling.LocalId))
            {
                Orphans++;
                problems.Add($"{pair.Mapping}: the coupling of {coupling.LocalId} and {coupling.IntegrationId} leads to a record that is gone, and there is no conflict.");
            }
        }
    }

    private void FindDifferences(SeenRecord left, SeenRecord right)
    {
        foreach (var field in pair.Compared.Where(field => left.Values[field.Local] != right.Values[field.Integration] && !IsInConflict(field, left, right)))
        {
            Differences++;
            problems.Add($"{pair.Mapping}: {field.Local} of '{left.Name}' is '{left.Values[field.Local]}' on the one side and '{right.Values[field.Integration]}' on the other, and there is no conflict.");
        }
    }

    // A contact shows the name of its company, which may be in conflict itself.
    private bool IsInConflict(FieldPair field, SeenRecord left, SeenRecord right) =>
        conflicts.Any(conflict => conflict.LocalId == left.Id && Holds(conflict, field, left.Values[field.Local], right.Values[field.Integration]))
        || (field == FieldPair.Parent && companyConflicts.Any(conflict => Holds(conflict, TablePair.Customers.Name, left.Values[field.Local], right.Values[field.Integration])));

    // Of a reference the conflict holds the ids, and the snapshot the names.
    private static bool Holds(RecordConflict conflict, FieldPair field, string local, string integration) =>
        conflict.Kind == ConflictKind.Update && conflict.Fields.Any(item =>
            item.FieldMapping == field.ConflictKey && item.Resolution == ConflictResolution.Open
            && (field.IsReference || (item.Local.ToString() == local && item.Integration.ToString() == integration)));
}
