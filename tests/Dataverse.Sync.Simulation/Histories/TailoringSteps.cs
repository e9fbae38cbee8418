namespace Dataverse.Sync.Simulation;

/// <summary>A user chooses the terms of payment of a customer or an account.</summary>
/// <param name="Side">Where.</param>
/// <param name="Place">Of which record.</param>
/// <param name="Option">Which option; after the last one, none.</param>
internal sealed record ChooseTerms(SyncSide Side, int Place, int Option) : HistoryStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        if (!company.Settings.IsTailored || Pick(company.CustomersOn(Side).Records, Place) is not { } record)
        {
            return;
        }

        var option = Tailoring.OptionAt(company, Side, Option);
        if (option == record[Tailoring.Terms])
        {
            return;
        }

        var coupling = await world.FindCouplingAsync(company, Tables.Customer, Side, record.Id);

        // Of a new record that no answer has shown, nobody can tell a choice from what its system chose by itself.
        var isUnseen = coupling is not null && (Side == SyncSide.Local ? coupling.LocalVersion : coupling.IntegrationVersion) == 0;
        var isFound = coupling is null && company.CustomersOn(Other(Side)).Records.Any(other => other["tag"] == record["tag"]);
        var stored = await world.ReadStoreAsync(company, Tables.Customer);
        var isRepeated = stored.Failures.Any(failure => failure.Error.Code == SyncErrorCodes.OutcomeUnknown && failure.Record.Id == coupling?.IdOf(Other(Side)));
        var isUncertain = isUnseen || isFound || isRepeated || stored.Intents.Any(intent => intent.TargetId == record.Id);
        company.Terms.Choose(Side, record, option, coupling?.IdOf(Other(Side)), isUncertain);
        _ = company.CustomersOn(Side).Update(record.Id, (Tailoring.Terms, option));
        company.Ledger.NoteEvent();
        if (!company.Travels(Side, Tailoring.Terms))
        {
            company.Ledger.NoteChangedTarget(record.Id, Tailoring.Terms);
        }
    }

    public override string ToString() => $"user chooses terms {Option} for {Name(Place)} on the {Side} side";
}

/// <summary>What an administrator changes about a mapping.</summary>
internal enum SetupChange
{
    /// <summary>The direction of the memo, or whether it is synchronized at all.</summary>
    Memo,

    /// <summary>The policy for conflicts of the customers.</summary>
    Conflicts,

    /// <summary>Whether the options without counterpart are paired.</summary>
    Options,

    /// <summary>The values of the templates.</summary>
    Templates,

    /// <summary>Whether customers are synchronized.</summary>
    Customers,

    /// <summary>Whether people are synchronized.</summary>
    People,

    /// <summary>The customers get their default setup.</summary>
    Default,

    /// <summary>Something else writes to the store what the engine cannot read.</summary>
    Damage,
}

/// <summary>An administrator stores a change of a mapping for all engines, and repeats it until it succeeds.</summary>
/// <param name="Change">What is changed.</param>
/// <param name="Choice">Which of the possible values.</param>
internal sealed record StoreOverride(SetupChange Change, int Choice) : EngineStep
{
    private static readonly SyncDirection?[] Directions = [SyncDirection.Bidirectional, SyncDirection.ToIntegrationTable, SyncDirection.FromIntegrationTable, null];

    public override async ValueTask PerformAsync(World world, Company company)
    {
        // The setup of a running engine is that of its start. What is entered while it writes by the former direction has no place to be kept.
        if (!company.Settings.IsTailored || (Change == SetupChange.Memo && world.RunsUnderWay > 0))
        {
            return;
        }

        if (Change == SetupChange.Damage)
        {
            await DamageAsync(world, company);
        }
        else if (company.Setup.DamagedOn is null || Change is SetupChange.Default or SetupChange.People)
        {
            await StoreAsync(world, company);
        }
    }

    public override string ToString() => $"an administrator stores another setup: {Change} {Choice}{Faults}";

    /// <summary>Whether this change and another one at the same time end the same in either order.</summary>
    public bool Commutes(StoreOverride other) => other.Change != Change && !IsWhole && !other.IsWhole;

    private UpdateConflictPolicy Policy => (UpdateConflictPolicy)(Choice % Enum.GetValues<UpdateConflictPolicy>().Length);

    private bool IsWhole => Change is SetupChange.Default or SetupChange.Damage;

    private async ValueTask StoreAsync(World world, Company company)
    {
        var next = Next(world, company.Setup);
        if (!await AttemptAsync(world, company, next, Faults) && !await AttemptAsync(world, company, next, FaultScript.None))
        {
            throw new InvariantViolationException("I28", $"The change of {Change} cannot be stored.");
        }

        // Somebody else may have stored another change meanwhile. A mapping is off once that is stored.
        var stored = Next(world, company.Setup);
        Note(company, Change == SetupChange.Templates ? stored with { Edition = next.Edition, LastEdition = Math.Max(next.Edition, company.Setup.LastEdition) } : stored);
    }

    // In the middle of a run, it is another process that stores.
    private async ValueTask<bool> AttemptAsync(World world, Company company, Setup next, FaultScript faults)
    {
        if (world.RunsUnderWay == 0)
        {
            return await world.ProcessOf(company).RunAsync(null, faults, (engine, token) => StoreAsync(engine.Overrides, world.Settings.Direction, next, token));
        }

        using var other = new SimulatedProcess(world, company);
        return await other.RunAsync(null, FaultScript.None, (engine, token) => StoreAsync(engine.Overrides, world.Settings.Direction, next, token));
    }

    private Task StoreAsync(SyncOverrides overrides, SyncDirection direction, Setup next, CancellationToken cancellationToken) => Change switch
    {
        SetupChange.Default => overrides.UseDefaultSetupAsync(Tables.Customer, cancellationToken),
        SetupChange.People => SwitchAsync(overrides, Tables.Person, next, cancellationToken),
        SetupChange.Customers => SwitchAsync(overrides, Tables.Customer, next, cancellationToken),
        _ => overrides.ChangeAsync(Tables.Customer, builder => _ = Apply(builder, direction, next), cancellationToken),
    };

    private static Task SwitchAsync(SyncOverrides overrides, string mapping, Setup next, CancellationToken cancellationToken) =>
        next.Off.ContainsKey(mapping) ? overrides.SwitchOffAsync(mapping, cancellationToken) : overrides.SwitchOnAsync(mapping, cancellationToken);

    private IntegrationTableMappingBuilder Apply(IntegrationTableMappingBuilder builder, SyncDirection direction, Setup next) => Change switch
    {
        SetupChange.Memo => builder.Field(
            Tailoring.Memo, Tailoring.Memo, field => _ = next.Memo is { } direction ? field.Enabled().Direction(direction) : field.Disabled()),
        SetupChange.Conflicts => builder.OnUpdateConflict(Policy),
        SetupChange.Options => builder.Field(Tailoring.Terms, Tailoring.Terms, field => _ = field.MapOptions(Tailoring.NewOptions(next.PairsOther))),
        _ => builder.WithTemplates(direction, next.Edition),
    };

    private Setup Next(World world, Setup setup)
    {
        var next = Change == SetupChange.People ? setup : Reduce(setup, world.Settings.Conflicts);
        return Change == SetupChange.Conflicts ? Reduce(Changed(next, world.Time.GetUtcNow()), world.Settings.Conflicts) : Changed(next, world.Time.GetUtcNow());
    }

    // What is stored is what differs from the defaults, so that a policy that has become the default is not kept.
    private static Setup Reduce(Setup setup, UpdateConflictPolicy standard) => setup.Conflicts == standard ? setup with { Conflicts = null } : setup;

    private Setup Changed(Setup setup, DateTimeOffset now) => Change switch
    {
        SetupChange.Memo => setup with { Memo = Directions[Choice % Directions.Length] },
        SetupChange.Conflicts => setup with { Conflicts = Policy },
        SetupChange.Options => setup with { PairsOther = Choice % 2 == 0 },
        SetupChange.Templates => setup with { Edition = setup.LastEdition + 1, LastEdition = setup.LastEdition + 1 },
        SetupChange.Customers => setup.With(Tables.Customer, Choice % 2 == 0 ? now : null),
        SetupChange.People => setup.With(Tables.Person, Choice % 2 == 0 ? now : null),
        _ => new Setup { LastEdition = setup.LastEdition, Off = setup.With(Tables.Customer, null).Off },
    };

    private static void Note(Company company, Setup next)
    {
        var before = company.Setup;
        if (next.PairsOther != before.PairsOther)
        {
            company.Terms.Forget();
        }

        if (next.Memo != before.Memo)
        {
            foreach (var record in company.CustomersOn(SyncSide.Local).Records.Concat(company.CustomersOn(SyncSide.Integration).Records))
            {
                company.Ledger.Supersede(Tokens.Of(record[Tailoring.Memo]));
                company.Ledger.NoteEvent();
            }
        }

        // Records that are not edited any more meet another setup of their fields in a full run.
        company.Ledger.NeedsFullRun |= next.PairsOther != before.PairsOther || next.Memo != before.Memo;
        company.Setup = next;
    }

    private static async ValueTask DamageAsync(World world, Company company)
    {
        if (company.Settings.HasIdentities || company.Setup.DamagedOn is not null)
        {
            return;
        }

        await world.DamageOverrideAsync(company, Tables.Customer);
        company.Setup = company.Setup with { DamagedOn = world.Time.GetUtcNow() };
    }
}
