using System.Runtime.CompilerServices;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>A system as a process sees it: reads and writes that may fail, be cut, come twice, or go on after nobody waits for them.</summary>
internal sealed class UnreliableConnector(SimulatedProcess process, SyncSide side) : ITableConnector
{
    private readonly WriteObserver observer = new(process, side);

    private Veil Veil => process.Company.Veil;

    // Another system may stand behind the address.
    private ITableConnector Inner => process.Company.Identities.Behind(side);

    public string Name => process.Company.On(side).Name;

    public string Identity => process.Company.Identities.NameOf(side);

    public Task<SystemIdentity?> IdentifyAsync(CancellationToken cancellationToken) => process.Company.Identities.IdentifyAsync(side);

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        process.CallAsync(new(side, "read schema", table), async _ => Veil.Over(await Inner.GetSchemaAsync(table, cancellationToken)), cancellationToken).AsTask();

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = Inner.ReadChangesAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closing = pages;
        while (true)
        {
            var isRepeated = false;
            var page = await process.CallAsync(
                new(side, "read changes", query.Table),
                async fault =>
                {
                    isRepeated = fault == FaultKind.DuplicatePage;
                    return await pages.MoveNextAsync() ? FaultyAnswers.Of(Veiled(query.Table, pages.Current), fault, process.Company.Ledger) : null;
                },
                cancellationToken);
            if (page is null)
            {
                yield break;
            }

            yield return page;
            if (isRepeated)
            {
                yield return page;
            }
        }
    }

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        ReadAsync(
            new(side, "read by id", query.Table),
            async () =>
            {
                var records = Veil.Over(query.Table, await Inner.ReadByIdAsync(query, cancellationToken));
                return process.LaggingSide == side ? FaultyAnswers.Of(records, FaultKind.PartialAnswer) : records;
            },
            cancellationToken);

    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        Inner.GetCascadesAsync(table, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        process.CallAsync(new(side, "probe", table), async _ => await Inner.ProbeAsync(table, ids, cancellationToken), cancellationToken).AsTask();

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        ReadAsync(new(side, "find", query.Table), async () => Veil.Over(query.Table, await Inner.FindAsync(query, cancellationToken)), cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = Inner.ReadKeysAsync(table, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closing = pages;
        while (true)
        {
            var keys = await process.CallAsync(
                new(side, "read keys", table),
                async fault => await pages.MoveNextAsync() ? FaultyAnswers.Of(pages.Current, fault) : null,
                cancellationToken);
            if (keys is null)
            {
                yield break;
            }

            yield return keys;
        }
    }

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        process.RequireLease(batch.Table);
        var call = new Call(side, $"write {string.Join(", ", batch.Operations.Select(operation => operation.Kind))}", batch.Table, IsWrite: true);
        return process.CallAsync(call, fault => PerformAsync(batch, fault, cancellationToken), cancellationToken).AsTask();
    }

    private Task<IReadOnlyList<TableRecord>> ReadAsync(Call call, Func<Task<IReadOnlyList<TableRecord>>> read, CancellationToken cancellationToken) =>
        process.CallAsync(call, async fault => IsBelieved(call) ? await read() : FaultyAnswers.Of(await read(), fault), cancellationToken).AsTask();

    // What a service says of the consequences of a deletion, and of the options of a table, has no second proof.
    private static bool IsBelieved(Call call) => call is { Table: Tables.Persons or Tailoring.TermsTable, Name: "find" };

    private async ValueTask<IReadOnlyList<WriteResult>> PerformAsync(WriteBatch batch, FaultKind? fault, CancellationToken cancellationToken)
    {
        var results = new WriteResult[batch.Operations.Count];
        for (var index = 0; index < results.Length; index++)
        {
            var operation = batch.Operations[index];
            observer.Plan(batch.Table, operation);
            if (batch.Table == Tables.Accounts)
            {
                await observer.PlanCascadesAsync(operation);
            }

            results[index] = IsTooLate(batch, operation) ? FaultyAnswers.Transient : RefusalOf(fault, index) ?? await PerformAsync(batch, operation, FaultOf(fault, index), cancellationToken);
            process.World.Trace?.Invoke($"        {operation.Kind} {operation.Id.ToString()[..8]} [{string.Join(", ", operation.Fields.Select(write => $"{write.Field}={write.Value}"))}] → {results[index].Status} {results[index].Id.ToString()[..8]}");
            observer.Note(results[index]);
            process.HasRefusal |= results[index].Status == WriteStatus.Rejected && (batch.Table == Tables.Persons || results[index].Error?.Code is InMemoryErrorCodes.TargetNotFound or InMemoryErrorCodes.AccessDenied);
            results[index] = fault == FaultKind.AnswerLost || (fault == FaultKind.HalfDone && IsRepeatable(operation)) ? FaultyAnswers.Unknown : results[index];
        }

        return results;
    }

    private async ValueTask<WriteResult> PerformAsync(WriteBatch batch, WriteOperation operation, FaultKind? fault, CancellationToken cancellationToken)
    {
        var table = batch.Table;
        switch (fault)
        {
            case FaultKind.RequestDelayed:
                return await DelayAsync(table, operation, process.World.NewHoldback((batch.SendBefore ?? process.World.Time.GetUtcNow()) - process.World.Time.GetUtcNow()));
            case FaultKind.CrashInFlight:
                return await DelayAsync(table, operation, TimeSpan.Zero);
            case FaultKind.HalfDone when operation.Fields.Count > 1 && IsRepeatable(operation):
                return await PerformAsync(table, operation with { Fields = [.. operation.Fields.Take((operation.Fields.Count + 1) / 2)] }, cancellationToken);
            case FaultKind.Doubled when IsRepeatable(operation):
                _ = await PerformAsync(table, operation, cancellationToken);
                return await PerformAsync(table, operation, cancellationToken);
            default:
                return await PerformAsync(table, operation, cancellationToken);
        }
    }

    private async ValueTask<WriteResult> PerformAsync(string table, WriteOperation operation, CancellationToken cancellationToken)
    {
        await observer.BeforeAsync(table, operation);
        var company = process.Company;
        company.Identities.RequireOwn(side, table);
        return Veil.Over(table, await CarryOutAsync(table, operation, process.StartedOn, cancellationToken));
    }

    /// <param name="table">The table.</param>
    /// <param name="operation">The write.</param>
    /// <param name="decidedOn">When the run began that decided on it: what users did since then, it could not see.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    private async Task<WriteResult> CarryOutAsync(string table, WriteOperation operation, DateTimeOffset decidedOn, CancellationToken cancellationToken)
    {
        var company = process.Company;
        var isDeletion = operation.Kind == WriteKind.Delete && table is Tables.Customers or Tables.Accounts;
        var deleted = isDeletion && company.CustomersOn(side).Find(operation.Id) is { } existing && existing.Version == operation.ExpectedVersion ? existing : null;
        if (deleted is not null && side == SyncSide.Integration)
        {
            company.Contacts.Doom(deleted.Id, process.IsDecidedByPerson ? DateTimeOffset.MinValue : decidedOn);
        }

        var result = (await Inner.WriteAsync(new(table, [operation]), cancellationToken))[0];
        if (deleted is not null && result.Status == WriteStatus.Applied)
        {
            company.EmptyReferencesTo(side, deleted, isByUser: false);
            ScheduleCascades();
        }

        return result;
    }

    // A service that deletes the contacts of an account later than the account.
    private void ScheduleCascades()
    {
        var company = process.Company;
        if (company.Settings.CascadesLate && side == SyncSide.Integration)
        {
            company.LateRequests.Add(new(process.World.Time.GetUtcNow() + process.World.NewDelay(), company.Contacts.CompleteCascades));
        }
    }

    private ChangePage Veiled(string table, ChangePage page) => Veil.IsEmpty ? page : page with { Records = Veil.Over(table, page.Records) };

    // An insert must leave in time, even under an id that the engine chose: the record may have been created and deleted meanwhile. The time is the computer's, not the service's.
    private bool IsTooLate(WriteBatch batch, WriteOperation operation) => process.World.Time.GetUtcNow() > batch.SendBefore && operation.Kind != WriteKind.Update;

    private bool IsRepeatable(WriteOperation operation) => operation.Kind != WriteKind.Insert || side == SyncSide.Integration;

    private async ValueTask<WriteResult> DelayAsync(string table, WriteOperation operation, TimeSpan holdback)
    {
        await observer.BeforeAsync(table, operation);
        var decidedOn = process.StartedOn;
        process.Company.LateRequests.Add(new(process.World.Time.GetUtcNow() + holdback + process.World.NewDelay(), () => PerformLate(table, operation, decidedOn)));
        return FaultyAnswers.Unknown;
    }

    // What comes about so may have been deleted before, by a user who saw a repetition of it or its source: nobody can call a request back.
    private void PerformLate(string table, WriteOperation operation, DateTimeOffset decidedOn)
    {
        var result = CarryOutAsync(table, operation, decidedOn, CancellationToken.None).GetAwaiter().GetResult();
        if (operation.Kind == WriteKind.Insert && result.Status == WriteStatus.Applied)
        {
            var tag = operation.Fields.FirstOrDefault(write => write.Field == "tag").Value.ToString();
            if (IsRepeatable(operation))
            {
                process.Company.Ledger.Loosen(tag);
            }
            else
            {
                process.Company.Ledger.LoseDeletion(tag);
            }
        }
    }

    private static FaultKind? FaultOf(FaultKind? fault, int index) =>
        fault != FaultKind.PartlyDelayed ? fault : index % 2 == 0 ? FaultKind.RequestDelayed : null;

    private static WriteResult? RefusalOf(FaultKind? fault, int index) => fault switch
    {
        FaultKind.AllOrNothing or FaultKind.Unreachable or FaultKind.Throttled or FaultKind.ServiceFault => FaultyAnswers.Transient,
        FaultKind.PartialBatch when index % 2 == 0 => FaultyAnswers.Transient,
        FaultKind.Rejected => FaultyAnswers.Rejected,
        FaultKind.VersionMismatch => FaultyAnswers.Mismatch,
        _ => null,
    };
}
