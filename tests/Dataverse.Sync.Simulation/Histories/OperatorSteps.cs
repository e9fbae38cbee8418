namespace Dataverse.Sync.Simulation;

/// <summary>Time goes by.</summary>
internal sealed record Wait(TimeSpan Time) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        world.Advance(Time);
        return default;
    }

    public override string ToString() => $"{Time.TotalMinutes:0.#} minutes go by";
}

/// <summary>The policies of the customer mapping are changed.</summary>
internal sealed record ChangePolicies(UpdateConflictPolicy Conflicts, DeletionPolicy Deletions) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        world.Change(world.Settings with { Conflicts = Conflicts, Deletions = Deletions });
        foreach (var each in world.Companies)
        {
            each.Ledger.NotePolicy(Deletions);
        }

        return default;
    }

    public override string ToString() => $"policies become: conflicts {Conflicts}, deletions {Deletions}";
}

/// <summary>The process ends and another one begins.</summary>
internal sealed record Restart : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        world.Restart(company);
        return default;
    }

    public override string ToString() => "the process is restarted";
}

/// <summary>The positions in a side's changes are no longer honoured.</summary>
internal sealed record ExpireCheckpoints(SyncSide Side) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        company.CustomersOn(Side).ExpireCheckpoints();
        company.PeopleOn(Side).ExpireCheckpoints();
        company.ContactsOn(Side).ExpireCheckpoints();
        return default;
    }

    public override string ToString() => $"checkpoints of the {Side} side expire";
}

/// <summary>A backup of a side is taken.</summary>
internal sealed record TakeBackup(SyncSide Side) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        company.Backups[Side] = company.On(Side).TakeBackup();
        return default;
    }

    public override string ToString() => $"the {Side} side is backed up";
}

/// <summary>The last backup of a side is restored.</summary>
/// <param name="Side">The side.</param>
/// <param name="ExpiresCheckpoints">Whether the system honours positions from before; nobody has verified what the clouds do.</param>
internal sealed record RestoreBackup(SyncSide Side, bool ExpiresCheckpoints) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        if (!company.Backups.TryGetValue(Side, out var backup))
        {
            return default;
        }

        var before = company.CustomersOn(Side).Records;
        var contacts = company.ContactsOn(Side).Records;
        company.On(Side).Restore(backup);
        if (ExpiresCheckpoints)
        {
            company.CustomersOn(Side).ExpireCheckpoints();
            company.PeopleOn(Side).ExpireCheckpoints();
            company.ContactsOn(Side).ExpireCheckpoints();
        }

        company.Contacts.NoteRestored(Side, contacts);

        // Whoever restores a backup gives up what came after it, and takes back what was deleted.
        foreach (var record in before.Concat(company.CustomersOn(Side).Records))
        {
            company.Ledger.Loosen(record["tag"].ToString());
            foreach (var field in company.TokenFields)
            {
                company.Ledger.Supersede(Tokens.Of(record[field]));
            }
        }

        company.Terms.Forget();
        company.BlankAtMerge.Clear();
        company.Ledger.NeedsFullRun = true;
        company.Ledger.HasRestored = true;
        company.Ledger.LosesDeletions();
        return default;
    }

    public override string ToString() => $"the backup of the {Side} side is restored{(ExpiresCheckpoints ? ", checkpoints expire" : "")}";
}

/// <summary>An administrator secures a column of the accounts, which the engine's account may then not read.</summary>
internal sealed record SecureColumn(string Field) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        company.Veil.Draw(Field);
        company.NoteDefinition(world);

        // Until a process reads the definitions again, it cannot tell a column that it may not read from one that was cleared.
        world.Restart(company);
        return default;
    }

    public override string ToString() => $"an administrator secures {Field} on the Integration side";
}

/// <summary>An administrator lets the engine's account read every column again.</summary>
internal sealed record ReleaseColumns : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        if (!company.Veil.IsEmpty)
        {
            company.Veil.Lift();
            company.NoteDefinition(world);
        }

        return default;
    }

    public override string ToString() => "an administrator releases all columns";
}

/// <summary>An administrator changes how long a name may be in the accounts. The service refuses longer ones at once; what it stores it keeps.</summary>
internal sealed record ResizeColumn(int Length) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        company.CustomersOn(SyncSide.Integration).ChangeField("name", field => field with { MaxLength = Length });
        company.DefinedOn = world.Time.GetUtcNow();
        company.IsResized = true;
        return default;
    }

    public override string ToString() => $"an administrator gives names {Length} characters on the Integration side";
}

/// <summary>An administrator takes accounts out of the reach of the engine's account.</summary>
internal sealed record HideRecords(int Place, int Count) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        var accounts = company.CustomersOn(SyncSide.Integration);
        foreach (var account in accounts.Records.Skip(Place).Take(Count))
        {
            accounts.Hide(account.Id);
            company.NoteHidden(account.Id);
        }

        return default;
    }

    public override string ToString() => $"an administrator hides {Count} accounts from number {Place}";
}

/// <summary>An administrator lets the engine's account reach every account again.</summary>
internal sealed record ShowRecords : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        company.ShowAll();
        return default;
    }

    public override string ToString() => "an administrator shows all accounts";
}

/// <summary>The configuration spells the name of a system in another way, and the process is restarted.</summary>
internal sealed record RenameSystem(SyncSide Side, int Spelling) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        if (company.Settings.HasIdentities && company.IsRegistered && !company.Identities.HasStranger)
        {
            company.Identities.Rename(Side, Spelling);
            world.Restart(company);
        }

        return default;
    }

    public override string ToString() => $"the {Side} side is called by another name, number {Spelling}";
}

/// <summary>Another system appears behind the address of a side, and the process is restarted.</summary>
internal sealed record ReplaceSystem(SyncSide Side) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        if (company.Settings.HasIdentities && company.IsRegistered && !company.Identities.AreRenamed)
        {
            company.Identities.Replace(Side, world.Time);
            world.Restart(company);
        }

        return default;
    }

    public override string ToString() => $"another system appears behind the address of the {Side} side";
}

/// <summary>The systems of the company are behind their addresses again.</summary>
internal sealed record PutSystemsBack : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        company.Identities.PutBack();
        return default;
    }

    public override string ToString() => "the systems are behind their addresses again";
}
