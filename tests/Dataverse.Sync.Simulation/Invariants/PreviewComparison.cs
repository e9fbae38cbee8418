namespace Dataverse.Sync.Simulation;

/// <summary>I14: what a preview shows is what a run on the same state does, and the preview itself changes nothing.</summary>
internal static class PreviewComparison
{
    private static readonly TimeSpan SchemaLifetime = TimeSpan.FromHours(1);

    private const string NotKnownYet = "(new)";

    public static async Task CheckAsync(World world, Company company, SyncJobKind kind)
    {
        var process = world.ProcessOf(company);
        SyncPreview? preview = null;
        world.IsClockStopped = true;
        try
        {
            var before = company.Ledger.Writes;
            var hasNewSurvivor = await HasNewSurvivorAsync(world, company);
            if (!await process.RunAsync(kind, FaultScript.None, async (engine, token) => preview = await engine.PreviewAsync(kind, null, token)))
            {
                return;
            }

            if (company.Ledger.Writes != before)
            {
                throw new InvariantViolationException("I14", "A preview wrote to a system.");
            }

            var done = new List<PlannedOperation>();
            var finished = await process.RunAsync(kind, FaultScript.None, (engine, token) => kind == SyncJobKind.Full ? engine.SynchronizeFullAsync(null, token) : engine.SynchronizeModifiedAsync(null, token), done);

            // A preview sends nothing, so that no answer tells it of a new definition. What a server makes of a value on its own is known only once it has been written, and after a restored backup the run's
            // own writes may make a position valid again that is from the future.
            if (finished && !process.HasRefusal && !hasNewSurvivor && world.Settings.Forms != ServerForms.Untold && !company.Ledger.HasRestored && world.Time.GetUtcNow() - company.DefinedOn > SchemaLifetime)
            {
                CompareUnlessLate(world, company, preview!.Operations, done);
            }
        }
        finally
        {
            world.IsClockStopped = false;
        }
    }

    // Whether such an account takes over the coupling, or gets a partner of its own first, depends on which of the two a page of the feed delivers first. The run's own writes move other accounts to later
    // pages, and those of the preview do not.
    private static async Task<bool> HasNewSurvivorAsync(World world, Company company)
    {
        if (!company.Settings.HasMerges)
        {
            return false;
        }

        var couplings = (await world.ReadStoreAsync(company, Tables.Customer)).Couplings;
        var coupled = couplings.Select(coupling => coupling.IntegrationId).ToHashSet();
        var accounts = company.CustomersOn(SyncSide.Integration).Records;
        var survivors = accounts.Where(account => coupled.Contains(account.Id) && company.IsMerged(SyncSide.Integration, account)).Select(account => account["masterid"].AsIdentifier()).ToHashSet();
        return accounts.Any(account => !coupled.Contains(account.Id) && survivors.Contains(account.Id));
    }

    // The limit of deletions counts a contact that a person deleted on one side, and that goes later with its account on the other; the preview takes it for gone on both.
    private static void CompareUnlessLate(World world, Company company, IReadOnlyList<PlannedOperation> shown, List<PlannedOperation> done)
    {
        var isLate = world.Settings.CascadesLate && shown.Concat(done).Any(operation => operation.Mapping == Tables.Contact && company.Contacts.IsDoomed(operation.RecordId));
        if (!isLate)
        {
            Compare(WithoutCascaded(shown, company), WithoutCascaded(done, company));
        }
    }

    private static void Compare(IReadOnlyList<PlannedOperation> shownOperations, List<PlannedOperation> doneOperations)
    {
        var done = WithoutNewNumbers(doneOperations);
        var shown = WithoutNewNumbers(shownOperations);
        var open = done.ToList();
        foreach (var operation in shown.OrderByDescending(operation => operation.Fields.All(IsComparable)))
        {
            var index = open.FindIndex(other => AreSame(operation, other));
            if (index < 0)
            {
                throw new InvariantViolationException("I14", $"The preview shows {Describe(operation)}; the run does {string.Join(" | ", done.Select(Describe))}.");
            }

            open.RemoveAt(index);
        }

        if (open.Count > 0)
        {
            throw new InvariantViolationException("I14", $"The run does {Describe(open[0])}, which the preview does not show.");
        }
    }

    // The preview deletes a contact whose partner was deleted; in the run, the service has deleted it together with its account, or does so later.
    private static List<PlannedOperation> WithoutCascaded(IReadOnlyList<PlannedOperation> operations, Company company) =>
        [.. operations.Where(operation => operation is not { Mapping: Tables.Contact, Kind: WriteKind.Delete or WriteKind.Update, IsCascade: false } || !company.Contacts.IsDoomed(operation.RecordId))];

    // The number that the system gives to a new record travels back in the same run, if the run meets the record again. So does what a template gives it.
    private static List<PlannedOperation> WithoutNewNumbers(IEnumerable<PlannedOperation> operations) =>
    [
        .. operations.Select(operation => operation with { Fields = [.. operation.Fields.Where(field => field.Field != "accountnumber" && !(operation.Kind == WriteKind.Update && field.Value == Tailoring.LabelOfTemplates))] })
            .Where(operation => operation.Kind != WriteKind.Update || operation.Fields.Count > 0),
    ];

    private static bool AreSame(PlannedOperation shown, PlannedOperation done) =>
        shown.Mapping == done.Mapping && shown.Side == done.Side && shown.Kind == done.Kind
        && (shown.Kind == WriteKind.Insert || shown.RecordId == done.RecordId || !IsKnown(done))
        && shown.Fields.Count == done.Fields.Count
        && shown.Fields.All(field => done.Fields.Any(other => other.Field == field.Field && (other.Value == field.Value || !IsComparable(field))));

    // A record that the preview pretends to create has another id than the one that the run creates.
    private static bool IsKnown(PlannedOperation done) => done.Kind != WriteKind.Update;

    private static bool IsComparable(FieldWrite shown) => shown.Value.Kind is not (FieldValueKind.Reference or FieldValueKind.Identifier) && shown.Value.ToString() != NotKnownYet;

    private static string Describe(PlannedOperation operation) =>
        $"{operation.Mapping} {operation.Kind} on {operation.Side} [{string.Join(", ", operation.Fields.Select(field => $"{field.Field}={field.Value}"))}]";
}
