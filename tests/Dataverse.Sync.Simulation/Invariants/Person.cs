namespace Dataverse.Sync.Simulation;

/// <summary>Somebody who looks at what the engine leaves to people, knows both systems, and does the right thing.</summary>
internal static class Person
{
    /// <summary>Couples the records of which the engine cannot tell whether it made them, or lets them be created; answers whether there were any.</summary>
    public static async Task<bool> DecideAsync(World world, Company company)
    {
        var hasDecided = false;
        foreach (var mapping in new[] { Tables.Person, Tables.Customer })
        {
            foreach (var failure in (await world.ReadStoreAsync(company, mapping)).Failures.Where(failure => failure.Error.Code == SyncErrorCodes.OutcomeUndecidable))
            {
                await DecideAsync(world, company, mapping, failure.Record, isDoubtful: false);
                hasDecided = true;
            }

            foreach (var failure in (await world.ReadStoreAsync(company, mapping)).Failures.Where(failure => failure.State == RecordFailureState.Doubtful))
            {
                await DecideAsync(world, company, mapping, failure.Record, isDoubtful: true);
                hasDecided = true;
            }
        }

        return hasDecided;
    }

    private static async Task DecideAsync(World world, Company company, string mapping, RecordKey key, bool isDoubtful)
    {
        var other = key.Side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
        var record = TableOf(company, mapping, key.Side).Find(key.Id);
        if (record is not null && await IsPartnerMergedAsync(world, company, mapping, key))
        {
            company.Ledger.LeavesUncoupled = true;
            company.Ledger.Loosen(record["tag"].ToString());
            await RunAsync(world, company, (engine, token) => engine.Couplings.UncoupleAsync(mapping, key.Side, [key.Id], token));
            return;
        }

        if (record is null || !await IsFreeAsync(world, company, mapping, key.Side, key.Id))
        {
            return;
        }

        foreach (var partner in TableOf(company, mapping, other).Records.Where(partner => partner["tag"] == record["tag"]))
        {
            if (await IsFreeAsync(world, company, mapping, other, partner.Id))
            {
                var (local, integration) = key.Side == SyncSide.Local ? (key.Id, partner.Id) : (partner.Id, key.Id);
                await RunAsync(world, company, (engine, token) => engine.Couplings.CoupleAsync(mapping, local, integration, token));
                await RunAsync(world, company, (engine, token) => engine.SynchronizeRecordAsync(mapping, SyncSide.Local, local, null, token));
                return;
            }
        }

        // It becomes a record of its own, whatever else came of its creation meanwhile.
        company.Ledger.Loosen(record["tag"].ToString());
        await RunAsync(world, company, (engine, token) => isDoubtful
            ? engine.Doubts.CreatePartnersAsync(mapping, key.Side, [key.Id], token)
            : engine.Issues.RetryAsync(mapping, key.Side, [key.Id], token));
    }

    // Nobody merges customers here, so that the partner of a merged account stays alone.
    private static async Task<bool> IsPartnerMergedAsync(World world, Company company, string mapping, RecordKey key)
    {
        var coupling = mapping == Tables.Customer && key.Side == SyncSide.Local ? await world.FindCouplingAsync(company, mapping, key.Side, key.Id) : null;
        return coupling is not null && company.IsMerged(SyncSide.Integration, company.CustomersOn(SyncSide.Integration).Find(coupling.IntegrationId));
    }

    // A record whose partner is gone is taken out of what is left of the pair.
    private static async Task<bool> IsFreeAsync(World world, Company company, string mapping, SyncSide side, Guid id)
    {
        if (await world.FindCouplingAsync(company, mapping, side, id) is not { } coupling)
        {
            return true;
        }

        var other = side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
        if (TableOf(company, mapping, other).Find(coupling.IdOf(other)) is not null)
        {
            return false;
        }

        await RunAsync(world, company, (engine, token) => engine.Couplings.UncoupleAsync(mapping, side, [id], token));
        return true;
    }

    private static async Task RunAsync(World world, Company company, Func<SyncEngine, CancellationToken, Task> action) =>
        _ = await world.ProcessOf(company).RunAsync(null, FaultScript.None, action);

    private static Testing.InMemoryTable TableOf(Company company, string mapping, SyncSide side) =>
        mapping == Tables.Customer ? company.CustomersOn(side) : company.PeopleOn(side);
}
