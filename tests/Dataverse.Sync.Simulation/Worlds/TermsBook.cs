namespace Dataverse.Sync.Simulation;

/// <summary>The terms of payment that users chose. An option is not unique as a token is, so that an edit is known by its record.</summary>
internal sealed class TermsBook(Company company)
{
    private readonly List<Choice> choices = [];

    // What a record has held. Who comes back to an earlier option may have changed nothing that anybody can see.
    private readonly HashSet<(Guid Record, string? Name)> held = [];

    /// <summary>A user has created a record with an option.</summary>
    public void Create(SyncSide side, TableRecord record, FieldValue option) => Add(side, record, option);

    /// <summary>A user is about to choose an option: what the record holds is replaced by somebody who could see it.</summary>
    /// <param name="side">The side.</param>
    /// <param name="record">The record as it is.</param>
    /// <param name="option">The option.</param>
    /// <param name="partner">The partner of the record, or null.</param>
    /// <param name="isUncertain">Whether nobody knows if a write to the record was carried out, so that its former option counts as untouched.</param>
    public void Choose(SyncSide side, TableRecord record, FieldValue option, Guid? partner, bool isUncertain)
    {
        Replace(side, record, partner);
        _ = held.Add((record.Id, NameOf(side, record[Tailoring.Terms])));
        if (held.Add((record.Id, NameOf(side, option))) && !isUncertain)
        {
            Add(side, record, option);
        }
    }

    /// <summary>What a record holds is replaced or deleted by somebody who could see it.</summary>
    public void Replace(SyncSide side, TableRecord record, Guid? partner)
    {
        var name = company.Settings.IsTailored ? NameOf(side, record[Tailoring.Terms]) : null;
        _ = choices.RemoveAll(choice => choice.Name == name && Concerns(choice, side, record, partner));
    }

    /// <summary>A person decided about a record.</summary>
    public void Decide(Guid? local, Guid? integration) => choices.RemoveAll(choice => choice.Record == local || choice.Record == integration);

    /// <summary>What was chosen before no longer counts.</summary>
    public void Forget() => choices.Clear();

    /// <summary>Answers a choice that is neither in force nor kept with a conflict; null if there is none.</summary>
    public string? FindLost(StoreContents customers)
    {
        foreach (var choice in choices)
        {
            var isInForce = Sides.Any(side => company.CustomersOn(side).Records.Any(record =>
                NameOf(side, record[Tailoring.Terms]) == choice.Name && Concerns(choice, side, record, PartnerOf(customers, side, record))));
            if (!isInForce && !IsGone(choice) && !customers.Conflicts.Any(conflict => IsKept(choice, conflict)))
            {
                return $"{choice.Name} of {choice.Tag}, chosen on the {choice.Side} side";
            }
        }

        return null;
    }

    private void Add(SyncSide side, TableRecord record, FieldValue option)
    {
        if (!option.IsBlank && company.Travels(side, Tailoring.Terms))
        {
            choices.Add(new(side, record.Id, record["tag"].ToString(), NameOf(side, option)!));
        }
    }

    private static SyncSide[] Sides { get; } = [SyncSide.Local, SyncSide.Integration];

    private static Guid? PartnerOf(StoreContents customers, SyncSide side, TableRecord record) =>
        customers.Couplings.FirstOrDefault(coupling => coupling.IdOf(side) == record.Id)?.IdOf(side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local);

    private static bool Concerns(Choice choice, SyncSide side, TableRecord record, Guid? partner) =>
        (choice.Side == side ? choice.Record == record.Id : choice.Record == partner) || choice.Tag == record["tag"].ToString();

    // An option without counterpart stays where it is, and goes with its record.
    private bool IsGone(Choice choice) =>
        !Tailoring.IsMapped(choice.Name, company.Setup.PairsOther) && company.CustomersOn(choice.Side).Find(choice.Record) is null;

    private bool IsKept(Choice choice, RecordConflict conflict) =>
        (choice.Record == conflict.LocalId || choice.Record == conflict.IntegrationId)
        && conflict.Fields.Where(field => Tokens.NameOf(field) == Tailoring.Terms)
            .Any(field => NameOf(SyncSide.Local, field.Local) == choice.Name || NameOf(SyncSide.Integration, field.Integration) == choice.Name);

    private string? NameOf(SyncSide side, FieldValue value) => Tailoring.NameOf(company, side, value, company.Setup.PairsOther);

    private sealed record Choice(SyncSide Side, Guid Record, string Tag, string Name);
}
