namespace Dataverse.Sync.Simulation;

/// <summary>A user creates a customer or an account.</summary>
/// <param name="Side">Where.</param>
/// <param name="Agent">Which person is responsible; zero for nobody.</param>
internal sealed record Create(SyncSide Side, int Agent) : HistoryStep
{
    /// <summary>The record of the other side that is the same thing, known by its e-mail address; null for something new.</summary>
    public int? Twin { get; init; }

    /// <summary>The field that the user leaves blank; null for none.</summary>
    public string? Without { get; init; }

    public override ValueTask PerformAsync(World world, Company company)
    {
        var ledger = company.Ledger;
        var twin = Twin is { } place ? Pick(company.CustomersOn(Other(Side)).Records, place) : null;
        var tag = ledger.NewTag();
        List<(string, object?)> values = [("tag", tag), ("email", twin is null ? $"{tag}@example.com" : twin["email"])];
        foreach (var field in company.TokenFields.Where(field => field != Without))
        {
            var token = ledger.NewToken();
            values.Add((field, Tokens.ValueOf(field, Side, token)));
            if (company.Travels(Side, field))
            {
                ledger.NoteEdit(token, $"{field} of a new record on the {Side} side, {tag}");
            }
        }

        if (Agent > 0 && Pick(company.PeopleOn(Side).Records, Agent) is { } person)
        {
            values.Add(Side == SyncSide.Local ? ("agent", person["code"]) : ("ownerid", FieldValue.Reference(person.Id, Tables.Users)));
        }

        var terms = company.Settings.IsTailored ? Tailoring.OptionAt(company, Side, ledger.NewToken()) : FieldValue.Blank;
        if (!terms.IsBlank)
        {
            values.Add((Tailoring.Terms, terms));
        }

        var created = company.CustomersOn(Side).Insert([.. values]);
        company.Terms.Create(Side, created, terms);
        return default;
    }

    public override string ToString() => $"user creates a {(Side == SyncSide.Local ? "customer" : "account")}{(Twin is null ? "" : $", twin of number {Twin}")}{(Without is null ? "" : $", without {Without}")}{(Agent > 0 ? $" of person {Agent}" : "")}";
}

/// <summary>A user creates a person.</summary>
internal sealed record CreatePerson(SyncSide Side) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        var token = company.Ledger.NewToken();
        _ = company.PeopleOn(Side).Insert(("tag", company.Ledger.NewTag()), (Side == SyncSide.Local ? "name" : "fullname", $"p{token}-x"));
        return default;
    }

    public override string ToString() => $"user creates a person on the {Side} side";
}

/// <summary>A user writes another value into a field.</summary>
/// <param name="Side">Where.</param>
/// <param name="Place">Of which record.</param>
/// <param name="Field">Which field.</param>
internal sealed record Edit(SyncSide Side, int Place, string Field) : HistoryStep
{
    // What a transaction commits that is older than the overlap, a feed by stamps cannot promise to show. A scan of the keys shows it where a version was seen.
    private static readonly TimeSpan LongestOfFeed = Tables.Overlap - TimeSpan.FromSeconds(10);

    /// <summary>Whether the field is cleared.</summary>
    public bool Clears { get; init; }

    /// <summary>Whether the value is one that the mapping's converter cannot read.</summary>
    public bool IsPoison { get; init; }

    /// <summary>By how much the stamp is older than the moment at which the edit becomes visible, as after a long transaction.</summary>
    public TimeSpan Late { get; init; }

    public override async ValueTask PerformAsync(World world, Company company)
    {
        var table = company.CustomersOn(Side);
        if (Pick(table.Records, Place) is not { } record)
        {
            return;
        }

        var coupling = await world.FindCouplingAsync(company, Tables.Customer, Side, record.Id);
        if (coupling is null && company.CustomersOn(Other(Side)).Records.Any(twin => twin["tag"] == record["tag"]))
        {
            company.Ledger.NoteUnsettledEdit(record.Id, Field, record["tag"].ToString());
        }

        var token = company.Ledger.NewToken();
        _ = company.BlankAtMerge.Remove((record.Id, Field));
        company.Ledger.Supersede(Tokens.Of(record[Field]));
        _ = table.Update(record.Id, (Field, Clears ? null : IsPoison ? $"n{token}-{PoisonedNote.Mark}" : Tokens.ValueOf(Field, Side, token)));
        if (Late > TimeSpan.Zero && Side == SyncSide.Local)
        {
            var late = (coupling is not null && !world.Settings.ScansRarely) || Late < LongestOfFeed ? Late : LongestOfFeed;
            table.Restamp(record.Id, table.Find(record.Id)!.ModifiedOn!.Value - late);
        }

        if (Clears && !company.Travels(Side, Field))
        {
            company.Ledger.NoteChangedTarget(record.Id, Field);
        }
        else if (!Clears && company.Travels(Side, Field))
        {
            company.Ledger.NoteEdit(token, $"{Field} on the {Side} side, {record["tag"]}");
        }
    }

    public override string ToString() =>
        $"user {(Clears ? "clears" : "edits")} {Field} of {Name(Place)} on the {Side} side{(Late > TimeSpan.Zero ? $", stamped {Late.TotalSeconds:0} s late" : "")}";
}

/// <summary>A user gives a customer or an account another person.</summary>
internal sealed record Reassign(SyncSide Side, int Place, int Agent) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        var table = company.CustomersOn(Side);
        if (Pick(table.Records, Place) is { } record)
        {
            var person = Agent > 0 ? Pick(company.PeopleOn(Side).Records, Agent) : null;
            _ = Side == SyncSide.Local
                ? table.Update(record.Id, ("agent", person?["code"]))
                : table.Update(record.Id, ("ownerid", person is null ? null : FieldValue.Reference(person.Id, Tables.Users)));
            company.Ledger.NoteEvent();
            if (!company.Travels(Side, Tokens.Agent))
            {
                company.Ledger.NoteChangedTarget(record.Id, Tokens.Agent);
            }
        }

        return default;
    }

    public override string ToString() => $"user gives number {Place} on the {Side} side {(Agent > 0 ? $"person {Agent}" : "nobody")}";
}

/// <summary>A user deletes a customer or an account.</summary>
internal sealed record Delete(SyncSide Side, int Place) : HistoryStep
{
    /// <summary>How many records are deleted.</summary>
    public int Count { get; init; } = 1;

    public override async ValueTask PerformAsync(World world, Company company)
    {
        var table = company.CustomersOn(Side);
        for (var count = Count; count > 0 && Pick(table.Records, Place) is { } record; count--)
        {
            foreach (var field in company.TokenFields)
            {
                company.Ledger.Supersede(Tokens.Of(record[field]));
            }

            var coupling = await world.FindCouplingAsync(company, Tables.Customer, Side, record.Id);
            company.Terms.Replace(Side, record, coupling?.IdOf(Other(Side)));
            company.EmptyReferencesTo(Side, record);
            if (coupling is not null
                && company.CustomersOn(Other(Side)).Find(coupling.IdOf(Other(Side))) is { } partner
                && partner["tag"] != record["tag"])
            {
                // A policy that restores creates a record with the tag of the partner, which may be there already, outside its filter.
                company.Ledger.Loosen(partner["tag"].ToString());
            }

            table.Delete(record.Id);
            company.Ledger.NoteEvent();
            var isCoupled = coupling is not null;
            if (isCoupled || world.RunsUnderWay > 0)
            {
                company.Ledger.NoteUnseenDeletion(record.Id);
            }

            // Where another record took its place in the pair, its own counterpart may get a partner again.
            var hasOther = coupling is not null && company.CustomersOn(Other(Side)).Records.Any(other => other["tag"] == record["tag"] && other.Id != coupling.IdOf(Other(Side)));
            if (isCoupled && !hasOther)
            {
                // Of a record that the engine does not know yet it cannot know that it is gone.
                company.Ledger.NoteDeletion(Side, record["tag"].AsText());
            }
        }
    }

    public override string ToString() => $"user deletes {(Count > 1 ? $"{Count} from " : "")}{Name(Place)} on the {Side} side";
}

/// <summary>A user creates an item or a product, which nothing refers to.</summary>
internal sealed record CreateItem(SyncSide Side) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        if (company.Settings.HasItems)
        {
            var table = Side == SyncSide.Local ? company.Local[Tables.Items] : company.Integration[Tables.Products];
            _ = table.Insert(("name", $"i{company.Ledger.NewToken()}-x"));
        }

        return default;
    }

    public override string ToString() => $"user creates an item on the {Side} side";
}

/// <summary>A user enters a note that the application's converter cannot read.</summary>
internal sealed record Poison(int Place) : HistoryStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        if (Pick(company.CustomersOn(SyncSide.Local).Records, Place) is { } record)
        {
            await new Edit(SyncSide.Local, Place, "note") { IsPoison = true }.PerformAsync(world, company);
            company.Ledger.Poison(record["tag"].ToString());
        }
    }

    public override string ToString() => $"user enters a note of number {Place} that cannot be converted";
}

/// <summary>A user takes a record out of the filter of its side, or brings it back.</summary>
internal sealed record Block(SyncSide Side, int Place) : HistoryStep
{
    /// <summary>Whether a blocked record is released; null to change whatever it is.</summary>
    public bool? Releases { get; init; }

    public override ValueTask PerformAsync(World world, Company company)
    {
        var table = company.CustomersOn(Side);
        if (company.Settings.Filter is not null && Pick(table.Records, Place) is { } record)
        {
            var isBlocked = Releases is { } releases ? !releases : !Simulation.Company.IsBlocked(Side, record);
            _ = table.Update(record.Id, (Tables.BlockedOn(Side), isBlocked));
            company.Ledger.NoteBlocked(record.Id, isBlocked ? world.Time.GetUtcNow() : null);
        }

        return default;
    }

    public override string ToString() => $"user {(Releases == true ? "releases" : "blocks or releases")} {Name(Place)} on the {Side} side";
}

/// <summary>A user deletes a record and enters it again, as people do who cannot repair it.</summary>
internal sealed record EnterAgain(SyncSide Side, int Place) : HistoryStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        if (Pick(company.CustomersOn(Side).Records, Place) is not { } record)
        {
            return;
        }

        // A record without a partner is only deleted, and another one entered.
        var coupling = await world.FindCouplingAsync(company, Tables.Customer, Side, record.Id);
        var partners = company.CustomersOn(Other(Side)).Records.ToList();
        var twin = coupling is null ? -1 : partners.FindIndex(partner => partner.Id == coupling.IdOf(Other(Side)));
        await new Delete(Side, Place).PerformAsync(world, company);
        await new Create(Side, 0) { Twin = twin < 0 ? null : twin }.PerformAsync(world, company);
    }

    public override string ToString() => $"user enters {Name(Place)} again on the {Side} side";
}

/// <summary>A user says who pays for a customer or an account: nobody, another one, or it itself.</summary>
internal sealed record SetParent(SyncSide Side, int Place, int? Parent) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        var table = company.CustomersOn(Side);
        if (company.Settings.HasParents && Pick(table.Records, Place) is { } record)
        {
            var parent = Parent is { } place ? Pick(table.Records, place) : null;
            var value = parent is null ? FieldValue.Blank
                : Side == SyncSide.Local ? parent["number"]
                : FieldValue.Reference(parent.Id, Tables.Accounts);
            _ = table.Update(record.Id, (Tables.ParentOn(Side), value));
            company.Ledger.NoteEvent();
            if (!company.Travels(Side, Tables.ParentOn(SyncSide.Local)))
            {
                company.Ledger.NoteChangedTarget(record.Id, Tables.ParentOn(SyncSide.Local));
            }
        }

        return default;
    }

    public override string ToString() => $"user lets {(Parent is { } place ? Name(place) : "nobody")} pay for {Name(Place)} on the {Side} side";
}
