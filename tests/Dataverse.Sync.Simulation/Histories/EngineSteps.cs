namespace Dataverse.Sync.Simulation;

/// <summary>Something that an engine is told to do, with what goes wrong meanwhile.</summary>
internal abstract record EngineStep : HistoryStep
{
    public FaultScript Faults { get; init; } = FaultScript.None;
}

/// <summary>A run of all mappings.</summary>
internal sealed record Run(SyncJobKind Kind) : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        var isAboutIsolation = Faults.Faults is [{ Kind: FaultKind.TableForbidden }];
        if (isAboutIsolation)
        {
            // The lease of a process that was killed shortly before would hold the other mappings back as well.
            world.Advance(world.Settings.LeaseDuration + TimeSpan.FromMinutes(1));
        }

        var startedOn = world.Time.GetUtcNow();
        var finished = await world.ProcessOf(company).RunAsync(Kind, Faults, (engine, token) => Kind == SyncJobKind.Full
            ? engine.SynchronizeFullAsync(null, token)
            : engine.SynchronizeModifiedAsync(null, token));
        if (finished)
        {
            company.LastRunOn = company.Setup.RunsAll ? startedOn : company.LastRunOn;
            await Reasons.CheckAsync(world, company, Faults, startedOn);
        }

        if (isAboutIsolation)
        {
            await Isolation.CheckAsync(world, company, startedOn);
        }
    }

    public override string ToString() => $"run {Kind}{Faults}";
}

/// <summary>A run of one record.</summary>
internal sealed record RunRecord(SyncSide Side, int Place) : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        if (Pick(company.CustomersOn(Side).Records, Place) is { } record)
        {
            SyncJob? job = null;
            var process = world.ProcessOf(company);
            var finished = await process.RunAsync(
                SyncJobKind.Records, Faults, async (engine, token) => job = await engine.SynchronizeRecordAsync(Tables.Customer, Side, record.Id, null, token));
            if (finished && Faults.Faults.Count == 0 && !await process.HasOutcomeAsync(job!))
            {
                throw new InvariantViolationException("I24", $"A run of {record["tag"]} on the {Side} side ended in nothing, and no reason is stated.");
            }
        }
    }

    public override string ToString() => $"run of number {Place} on the {Side} side{Faults}";
}

/// <summary>A preview, which must change nothing, and then the run, which must do what the preview said.</summary>
internal sealed record PreviewAndRun(SyncJobKind Kind) : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        await PreviewComparison.CheckAsync(world, company, Kind);
    }

    public override string ToString() => $"preview and run {Kind}";
}

/// <summary>Uncoupled records are matched.</summary>
internal sealed record Match : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company) =>
        _ = await world.ProcessOf(company).RunAsync(SyncJobKind.Coupling, Faults, (engine, token) => engine.Couplings.MatchAsync(Tables.Customer, null, token));

    public override string ToString() => $"match{Faults}";
}

/// <summary>A person couples two uncoupled records.</summary>
internal sealed record Couple(int Local, int Integration) : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        var couplings = (await world.ReadStoreAsync(company, Tables.Customer)).Couplings;
        var local = Pick([.. company.CustomersOn(SyncSide.Local).Records.Where(record => couplings.All(coupling => coupling.LocalId != record.Id))], Local);
        var integration = Pick([.. company.CustomersOn(SyncSide.Integration).Records.Where(record => couplings.All(coupling => coupling.IntegrationId != record.Id))], Integration);
        if (local is not null && integration is not null && !company.IsMerged(SyncSide.Integration, integration))
        {
            company.Ledger.Loosen(local["tag"].ToString());
            company.Ledger.Loosen(integration["tag"].ToString());
            company.Ledger.LeavesUncoupled = true;
            company.HasBeenCoupledByPerson = true;
            _ = company.TakenApart.Remove((local.Id, integration.Id));
            _ = await world.ProcessOf(company).RunAsync(null, Faults, (engine, token) => engine.Couplings.CoupleAsync(Tables.Customer, local.Id, integration.Id, token));
        }
    }

    public override string ToString() => $"person couples uncoupled {Local} and {Integration}{Faults}";
}

/// <summary>A person takes a pair apart.</summary>
internal sealed record Uncouple(int Place) : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        if (Pick(company.CustomersOn(SyncSide.Local).Records, Place) is { } record)
        {
            company.Ledger.LeavesUncoupled = true;
            company.Ledger.Loosen(record["tag"].ToString());
            var coupling = await world.FindCouplingAsync(company, Tables.Customer, SyncSide.Local, record.Id);
            if (coupling is not null)
            {
                company.Ledger.Loosen(company.CustomersOn(SyncSide.Integration).Find(coupling.IntegrationId)?["tag"].ToString() ?? "");
                _ = company.OnceTakenApart.Add((coupling.LocalId, coupling.IntegrationId));
            }

            var finished = await world.ProcessOf(company).RunAsync(null, Faults, (engine, token) => engine.Couplings.UncoupleAsync(Tables.Customer, SyncSide.Local, [record.Id], token));
            if (finished && coupling is not null)
            {
                _ = company.TakenApart.Add((coupling.LocalId, coupling.IntegrationId));
            }
        }
    }

    public override string ToString() => $"person uncouples number {Place}{Faults}";
}

/// <summary>A person decides an open conflict.</summary>
internal sealed record Settle(int Place, SyncSide Winner) : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        var open = (await world.ReadStoreAsync(company, Tables.Customer)).Conflicts.Where(conflict => conflict.Resolution == ConflictResolution.Open).ToList();
        if (open.Count > 0)
        {
            var conflict = open[Place % open.Count];
            var process = world.ProcessOf(company);
            process.IsDecidedByPerson = conflict.Kind != ConflictKind.Update;
            company.Ledger.LosesDeletions();

            // The person saw both values. A write of the decision may land late, and then looks like an edit.
            foreach (var field in Faults.Faults.Count > 0 ? conflict.Fields.Where(Tokens.IsIn) : [])
            {
                company.Ledger.Supersede(Tokens.Of(Winner == SyncSide.Local ? field.Integration : field.Local));
            }

            company.Terms.Decide(conflict.LocalId, conflict.IntegrationId);
            SyncJob? job = null;
            var finished = await process.RunAsync(
                SyncJobKind.Records, Faults, async (engine, token) => job = await engine.Issues.ResolveAsync(Tables.Customer, conflict.Id, Winner, token));
            if (finished && Faults.Faults.Count == 0 && !await process.HasOutcomeAsync(job!))
            {
                throw new InvariantViolationException("I24", $"Conflict {conflict.Id} was resolved, nothing came of it, and no reason is stated.");
            }
        }
    }

    public override string ToString() => $"person settles conflict {Place} for the {Winner} side{Faults}";
}

/// <summary>A person decides about a record whose partner was deleted.</summary>
internal sealed record DecideSurvivor(int Place, bool Restores) : EngineStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        var contents = await world.ReadStoreAsync(company, Tables.Customer);
        var reported = contents.Failures.Where(failure => failure.Error.Code == SyncErrorCodes.CoupledRecordDeleted).ToList();
        if (reported.Count == 0)
        {
            return;
        }

        var survivor = reported[Place % reported.Count].Record;
        var process = world.ProcessOf(company);
        process.IsDecidedByPerson = true;
        company.Ledger.LosesDeletions();
        _ = await process.RunAsync(SyncJobKind.Records, Faults, (engine, token) => Restores
            ? engine.Issues.RestoreAsync(Tables.Customer, survivor.Side, survivor.Id, token)
            : engine.Issues.DeleteSurvivorAsync(Tables.Customer, survivor.Side, survivor.Id, token));
    }

    public override string ToString() => $"person {(Restores ? "restores the partner of" : "deletes")} survivor {Place}{Faults}";
}
