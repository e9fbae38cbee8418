namespace Dataverse.Sync.Simulation;

/// <summary>The end of a history: faults are healed, edits have stopped, and the runs that follow must bring everything in order.</summary>
internal static class Convergence
{
    private const int MaximumRounds = 12;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(2);

    public static async Task CheckAsync(World world)
    {
        world.Advance(Pause);
        foreach (var company in world.Companies)
        {
            company.Identities.PutBack();
            company.Veil.Lift();
            company.ShowAll();
            await SetupState.PutInOperationAsync(world, company);
            await CheckAsync(world, company);
        }
    }

    private static async Task CheckAsync(World world, Company company)
    {
        await RunUntilQuietAsync(world, company, SyncJobKind.Modified, quietRuns: 2);
        (await FinalState.ReadAsync(world, company)).UncoupledPairsStayApart();
        if (await Person.DecideAsync(world, company))
        {
            await RunUntilQuietAsync(world, company, SyncJobKind.Modified, quietRuns: 2);
        }

        await AskForSkippedAsync(world, company);
        await ReleaseAsync(world, company);
        await HealAsync(world, company);
        if (!company.Ledger.NeedsFullRun)
        {
            var check = await FinalState.ReadAsync(world, company);
            check.NothingIsLost();
            check.PairsAgree(afterFullRun: false);
            check.EveryRecordIsCoupled(afterFullRun: false);
            check.DeletedRecordsStayDeleted();
        }

        // A deletion that the first full run brings to light may uncouple its survivor, which the second takes for a new record.
        await RunUntilQuietAsync(world, company, SyncJobKind.Full, quietRuns: company.Ledger.LeavesUncoupled && (company.Ledger.NeedsFullRun || world.Settings.ScansRarely) ? 2 : 1);
        await RunUntilQuietAsync(world, company, SyncJobKind.Modified, quietRuns: 1);
        var final = await FinalState.ReadAsync(world, company);
        final.NothingIsLost();
        final.PairsAgree(afterFullRun: true);
        final.EveryRecordIsCoupled(afterFullRun: true);
        final.NothingIsThereTwice();
        final.CouplingsAreBijective();
        final.JournalIsEmpty();
        final.DeletedRecordsStayDeleted();
        final.WritesAreBounded();
        await ContactState.CheckAsync(world, company);
        await CheckIdleRunAsync(world, company);
    }

    // I24: who names a record that is skipped is told why nothing happens to it.
    private static async Task AskForSkippedAsync(World world, Company company)
    {
        var failures = (await ContentsAsync(world, company, Tables.Customer)).Failures;
        foreach (var failure in failures.Where(failure => failure.State == RecordFailureState.Skipped))
        {
            var place = company.CustomersOn(failure.Record.Side).Records.ToList().FindIndex(record => record.Id == failure.Record.Id);
            if (place >= 0)
            {
                await new RunRecord(failure.Record.Side, place).PerformAsync(world, company);
            }
        }
    }

    // I19: records outside their filters wait, and nothing of them is lost; then their users bring them back.
    private static async Task ReleaseAsync(World world, Company company)
    {
        if (company.Settings.Filter is null)
        {
            return;
        }

        if (!company.Ledger.NeedsFullRun)
        {
            var check = await FinalState.ReadAsync(world, company);
            check.NothingIsLost();
            check.PairsAgree(afterFullRun: false);
            check.EveryRecordIsCoupled(afterFullRun: false);
        }

        var hasReleased = false;
        foreach (var side in new[] { SyncSide.Local, SyncSide.Integration })
        {
            var records = company.CustomersOn(side).Records;
            for (var place = 0; place < records.Count; place++)
            {
                if (company.IsFrozen(side, records[place]))
                {
                    await new Block(side, company.CustomersOn(side).Records.ToList().FindIndex(record => record.Id == records[place].Id)) { Releases = true }.PerformAsync(world, company);
                    hasReleased = true;
                }
            }
        }

        if (hasReleased)
        {
            await RunUntilQuietAsync(world, company, SyncJobKind.Modified, quietRuns: 2);
            _ = await Person.DecideAsync(world, company);
            await RunUntilQuietAsync(world, company, SyncJobKind.Modified, quietRuns: 2);
        }
    }

    // I23: records that cannot be converted hold back no other; then their users enter something else.
    private static async Task HealAsync(World world, Company company)
    {
        if (!company.Ledger.HasPoison)
        {
            return;
        }

        if (!company.Ledger.NeedsFullRun)
        {
            var check = await FinalState.ReadAsync(world, company);
            check.PairsAgree(afterFullRun: false);
            check.EveryRecordIsCoupled(afterFullRun: false);
        }

        var customers = company.CustomersOn(SyncSide.Local);
        foreach (var poisoned in customers.Records.Where(record => PoisonedNote.IsIn(record["note"])).ToList())
        {
            var place = customers.Records.ToList().FindIndex(record => record.Id == poisoned.Id);
            await new Edit(SyncSide.Local, place, "note").PerformAsync(world, company);
        }

        company.Ledger.Heal();
        await RunUntilQuietAsync(world, company, SyncJobKind.Modified, quietRuns: 2);
        if (await Person.DecideAsync(world, company))
        {
            await RunUntilQuietAsync(world, company, SyncJobKind.Modified, quietRuns: 2);
        }
    }

    private static async Task<StoreContents> ContentsAsync(World world, Company company, string mapping) => await world.ReadStoreAsync(company, mapping);

    // A run that only settles what an earlier one left writes nothing and may still lead to writes in the next one.
    private static async Task RunUntilQuietAsync(World world, Company company, SyncJobKind kind, int quietRuns)
    {
        var quiet = 0;
        for (var round = 0; quiet < quietRuns; round++)
        {
            if (round == MaximumRounds)
            {
                throw new InvariantViolationException("I1", $"The engine still writes in {kind} run {round} after the last edit.");
            }

            var before = company.Ledger.AppliedWrites;
            var process = world.ProcessOf(company);
            process.AllowsMassBlanking = true;
            var finished = await process.RunAsync(kind, FaultScript.None, (engine, token) => kind == SyncJobKind.Full
                ? engine.SynchronizeFullAsync(new() { AllowsMassDeletion = true, AllowsMassBlanking = true }, token)
                : engine.SynchronizeModifiedAsync(new() { RetriesAllFailures = round == 0, AllowsMassDeletion = true, AllowsMassBlanking = true }, token));
            quiet = finished && company.Ledger.AppliedWrites == before ? quiet + 1 : 0;
            world.Advance(Pause);
        }
    }

    // I4: with nothing to do, a run asks each side for its changes and nothing else.
    private static async Task CheckIdleRunAsync(World world, Company company)
    {
        company.Local.ResetCounters();
        company.Integration.ResetCounters();
        _ = await world.ProcessOf(company).RunAsync(SyncJobKind.Modified, FaultScript.None, (engine, token) => engine.SynchronizeModifiedAsync(null, token));
        foreach (var system in new[] { company.Local, company.Integration })
        {
            if (system.RowsWritten > 0)
            {
                throw new InvariantViolationException("I4", "A run with nothing to do wrote.");
            }
        }
    }
}
