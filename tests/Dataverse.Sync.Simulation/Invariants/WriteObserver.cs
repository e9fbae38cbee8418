namespace Dataverse.Sync.Simulation;

/// <summary>Sees every write of the engine before a system carries it out, and checks what can be checked only then.</summary>
internal sealed class WriteObserver(SimulatedProcess process, SyncSide side)
{
    private readonly Company company = process.Company;

    /// <summary>Notes a write that the engine asked for, and checks what concerns all of it, also of one that is carried out in part.</summary>
    public void Plan(string table, WriteOperation operation)
    {
        if (table is Tables.Customers or Tables.Accounts)
        {
            CheckTemplates(operation);
        }

        process.Recorded?.Add(new()
        {
            Mapping = Tables.MappingOf(table),
            Side = side,
            Table = table,
            Kind = operation.Kind,
            RecordId = operation.Id,
            Fields = operation.Fields,
        });
    }

    /// <summary>Notes what a system will do by itself because of a write that the engine asked for.</summary>
    public async ValueTask PlanCascadesAsync(WriteOperation operation)
    {
        foreach (var contact in await CoupledContactsOfAsync(operation, withPartner: false))
        {
            process.Recorded?.Add(new()
            {
                Mapping = Tables.Contact,
                Side = side,
                Table = Tables.Persons,
                Kind = WriteKind.Delete,
                RecordId = contact.Id,
                Fields = [],
                IsCascade = true,
            });
        }
    }

    /// <summary>Counts a write that was carried out.</summary>
    public void Note(WriteResult result)
    {
        if (result.Status == WriteStatus.Applied)
        {
            company.Ledger.AppliedWrites++;
        }
    }

    /// <summary>Checks a write that is about to be carried out.</summary>
    public async ValueTask BeforeAsync(string table, WriteOperation operation)
    {
        company.Ledger.Writes++;
        CheckOperation(table);
        if (table is Tables.Contacts or Tables.Persons)
        {
            await CheckContactAsync(operation);
        }

        if (table is not (Tables.Customers or Tables.Accounts))
        {
            return;
        }

        if (operation.Kind == WriteKind.Insert)
        {
            CheckFrozenSource(operation);
        }
        else if (company.CustomersOn(side).Find(operation.Id) is { } existing)
        {
            var coupling = await process.World.FindCouplingAsync(company, Tables.Customer, side, operation.Id);
            await CheckFrozenAsync(existing, coupling, operation);
            CheckMerged(existing, operation);
            if (operation.Kind == WriteKind.Delete)
            {
                CheckDeletion(existing, coupling);
                await CheckCascadesAsync(operation);
            }
            else if (operation.ExpectedVersion == existing.Version)
            {
                CheckFirstMerge(existing, coupling, operation);
                CheckMergedBlanks(existing, coupling, operation);
                await CheckBlanksAsync(existing, coupling, operation);
                CheckForms(existing, operation);
            }
        }

        await CheckReferenceAsync(operation);
        await CheckParentAsync(operation);
    }

    // I19: a record that was outside its filter before the run is not written to, nor does anything of it travel.
    private async ValueTask CheckFrozenAsync(TableRecord existing, Coupling? coupling, WriteOperation operation)
    {
        if (company.Settings.Filter is not { } policy || process.IsDecidedByPerson || operation.ExpectedVersion != existing.Version)
        {
            return;
        }

        var partner = coupling is null ? null : company.CustomersOn(Other(side)).Find(coupling.IdOf(Other(side)));
        var violates = policy == OutsideFilterPolicy.Follow && operation.Kind != WriteKind.Delete && coupling is not null
            ? await HaveBothBeenFrozenAsync(existing, partner)
            : IsFrozenSince(side, existing, process.StartedOn) || IsFrozenSince(Other(side), partner, process.StartedOn);
        if (violates)
        {
            throw new InvariantViolationException(
                "I19", $"A {operation.Kind} of {existing["tag"]} on the {side} side although it or its partner is outside the filter.");
        }
    }

    private void CheckFrozenSource(WriteOperation operation)
    {
        var tag = operation.Fields.FirstOrDefault(write => write.Field == "tag").Value;
        var source = tag.IsBlank ? null : company.CustomersOn(Other(side)).Records.FirstOrDefault(record => record["tag"] == tag);
        if (!process.IsDecidedByPerson && IsFrozenSince(Other(side), source, process.StartedOn))
        {
            throw new InvariantViolationException("I19", $"A partner of {tag} is created on the {side} side although the record is outside the filter.");
        }
    }

    // The edit that takes a record out of its filter travels, with whatever was entered before the run that finds it.
    private async ValueTask<bool> HaveBothBeenFrozenAsync(TableRecord existing, TableRecord? partner)
    {
        if (!IsFrozenSince(side, existing, company.LastRunOn) || !IsFrozenSince(Other(side), partner, company.LastRunOn))
        {
            return false;
        }

        var failures = (await process.World.ReadStoreAsync(company, Tables.Customer)).Failures;
        return failures.All(failure => failure.Record.Id != existing.Id && failure.Record.Id != partner!.Id);
    }

    private bool IsFrozenSince(SyncSide where, TableRecord? record, DateTimeOffset time) =>
        company.IsFrozen(where, record) && company.Ledger.IsBlockedSince(record!.Id, time);

    private void CheckDeletion(TableRecord existing, Coupling? coupling)
    {
        var other = Other(side);
        if (process.IsDecidedByPerson)
        {
            SupersedeAll(existing);
        }
        else if (coupling is null || company.CustomersOn(other).Find(coupling.IdOf(other)) is not null)
        {
            throw new InvariantViolationException("I7", $"The engine deletes a record on the {side} side ({existing["tag"]}) although nobody deleted its partner.");
        }

        // Whether a column that it may not read was edited, the engine cannot know when the deletion of a partner asks for that of the record.
        foreach (var field in side == SyncSide.Integration ? company.Veil.Fields : [])
        {
            company.Ledger.Supersede(Tokens.Of(existing[field]));
        }
    }

    // I19: a record that a user merged into another one is left alone.
    private void CheckMerged(TableRecord existing, WriteOperation operation)
    {
        if (!process.IsDecidedByPerson && operation.ExpectedVersion == existing.Version && company.IsMerged(side, existing))
        {
            throw new InvariantViolationException("I19", $"A {operation.Kind} of {existing["tag"]}, which was merged into another account.");
        }
    }

    // I22: an account whose contacts nobody deleted is deleted only if somebody allowed what the service does to them.
    private async ValueTask CheckCascadesAsync(WriteOperation operation)
    {
        if (process.IsDecidedByPerson || company.Settings.Cascades != CascadePolicy.Ask)
        {
            return;
        }

        var contact = (await CoupledContactsOfAsync(operation, withPartner: true)).FirstOrDefault(contact => !company.Contacts.IsTouchedSince(contact.Id, process.StartedOn));
        if (contact is not null)
        {
            throw new InvariantViolationException("I22", $"The engine deletes an account with contact {contact["tag"]}, which nobody deleted and nobody gave up.");
        }
    }

    // I7: a contact whose partner the service deleted together with an account was not deleted by anybody.
    private async ValueTask CheckContactAsync(WriteOperation operation)
    {
        if (operation.Kind != WriteKind.Delete || process.IsDecidedByPerson || company.ContactsOn(side).Find(operation.Id) is not { } contact)
        {
            return;
        }

        var coupling = await process.World.FindCouplingAsync(company, Tables.Contact, side, contact.Id);
        if (coupling is null || !company.Contacts.MayBeGone(contact["tag"].ToString()))
        {
            throw new InvariantViolationException("I7", $"The engine deletes contact {contact["tag"]} on the {side} side although nobody deleted its partner.");
        }
    }

    // The coupled contacts that the service deletes with an account, all or those whose partners exist.
    private async ValueTask<List<TableRecord>> CoupledContactsOfAsync(WriteOperation operation, bool withPartner)
    {
        var contacts = new List<TableRecord>();
        if (!company.Settings.HasContacts || side != SyncSide.Integration || operation.Kind != WriteKind.Delete)
        {
            return contacts;
        }

        foreach (var contact in company.Contacts.Of(operation.Id))
        {
            var coupling = await process.World.FindCouplingAsync(company, Tables.Contact, side, contact.Id);
            if (coupling is not null && (!withPartner || company.ContactsOn(Other(side)).Find(coupling.IdOf(Other(side))) is not null))
            {
                contacts.Add(contact);
            }
        }

        return contacts;
    }

    // I2: in the first merge of a pair a blank wins over nothing.
    private void CheckFirstMerge(TableRecord existing, Coupling? coupling, WriteOperation operation)
    {
        foreach (var write in coupling is { Base: null } ? operation.Fields.Where(write => write.Value.IsBlank) : [])
        {
            if (!existing[write.Field].IsBlank)
            {
                throw new InvariantViolationException("I2", $"The first merge of {existing["tag"]} clears {write.Field} on the {side} side.");
            }
        }
    }

    // I2: what a user left blank in an account when merging another one into it clears nothing in the partner of that one.
    private void CheckMergedBlanks(TableRecord existing, Coupling? coupling, WriteOperation operation)
    {
        foreach (var write in side == SyncSide.Local && coupling is not null ? operation.Fields.Where(write => write.Value.IsBlank) : [])
        {
            if (!existing[write.Field].IsBlank && company.BlankAtMerge.Contains((coupling!.IntegrationId, write.Field)))
            {
                throw new InvariantViolationException("I2", $"A merge clears {write.Field} of {existing["tag"]}.");
            }
        }
    }

    // I26: what one run takes for cleared is a few records at most, because it may be a right that was taken away.
    private async ValueTask CheckBlanksAsync(TableRecord existing, Coupling? coupling, WriteOperation operation)
    {
        if (process.AllowsMassBlanking || operation.Fields.All(write => !write.Value.IsBlank || existing[write.Field].IsBlank))
        {
            return;
        }

        _ = process.Blanked.Add(coupling?.LocalId ?? existing.Id);
        var count = (await process.World.ReadStoreAsync(company, Tables.Customer)).Couplings.Count;
        if (process.Blanked.Count > Math.Max(Math.Min(10, count / 2.0), 1))
        {
            throw new InvariantViolationException("I26", $"One run overwrites values of {process.Blanked.Count} of {count} records with blanks.");
        }
    }

    // I21: a write whose value is the one that is there, in another form, takes what a server made of a value for an edit.
    private void CheckForms(TableRecord existing, WriteOperation operation)
    {
        if (company.Settings.Forms == ServerForms.Untold)
        {
            return;
        }

        foreach (var write in operation.Fields.Where(write => company.TokenFields.Contains(write.Field) && !write.Value.IsBlank && !existing[write.Field].IsBlank))
        {
            // What the engine may not see it may write again. Of two records that meet for the first time nobody knows that one name was cut from the other when the column was shorter.
            // In a one-way field, the target has the form that the rules give.
            if (company.Veil.Fields.Contains(write.Field) || company.Veil.HasWithheld(write.Field) || (company.IsResized && write.Field == "name")
                || (write.Field == Tailoring.Memo && !(company.Travels(SyncSide.Local, Tailoring.Memo) && company.Travels(SyncSide.Integration, Tailoring.Memo))))
            {
                continue;
            }

            if (Tokens.Of(write.Value) == Tokens.Of(existing[write.Field]))
            {
                throw new InvariantViolationException(
                    "I21", $"The engine replaces {existing[write.Field]} in {write.Field} of {existing["tag"]} on the {side} side by {write.Value}, which nobody entered.");
            }
        }
    }

    // I28: a mapping that was switched off, or whose stored override cannot be read, writes nothing.
    private void CheckOperation(string table)
    {
        if (company.Setup.ForbidsSince(Tables.MappingOf(table), process.StartedOn))
        {
            throw new InvariantViolationException("I28", $"The engine writes to {table} although its mapping may not run.");
        }
    }

    // I27: the values of the template that fits the source are part of an insert, and of no other write.
    private void CheckTemplates(WriteOperation operation)
    {
        if (!company.Settings.IsTailored || operation.Kind == WriteKind.Delete)
        {
            return;
        }

        var origin = operation.Fields.FirstOrDefault(write => write.Field == Tailoring.Origin).Value;
        var isRight = origin.IsBlank == (operation.Kind != WriteKind.Insert);
        if (isRight && operation.Kind == WriteKind.Insert)
        {
            var isOdd = Tailoring.IsOdd(operation.Fields.First(write => write.Field == "tag").Value.AsText());
            isRight = Enumerable.Range(0, company.Setup.LastEdition + 1).Any(edition => origin == FieldValue.Text(Tailoring.OriginOf(isOdd, edition)));
        }

        if (!isRight)
        {
            throw new InvariantViolationException("I27", $"A {operation.Kind} on the {side} side says that the origin is '{origin}'.");
        }
    }

    private void SupersedeAll(TableRecord record)
    {
        company.Terms.Replace(side, record, partner: null);
        foreach (var field in company.TokenFields)
        {
            company.Ledger.Supersede(Tokens.Of(record[field]));
        }
    }

    private async ValueTask CheckReferenceAsync(WriteOperation operation)
    {
        foreach (var write in operation.Fields.Where(write => !write.Value.IsBlank && write.Field is "ownerid" or "agent"))
        {
            var person = side == SyncSide.Integration
                ? write.Value.AsIdentifier()
                : company.Local[Tables.People].Records.First(record => record["code"] == write.Value).Id;
            if (await process.World.FindCouplingAsync(company, Tables.Person, side, person) is null)
            {
                throw new InvariantViolationException("I16", "The engine writes a reference to a record that is not coupled.");
            }
        }
    }

    private async ValueTask CheckParentAsync(WriteOperation operation)
    {
        foreach (var write in operation.Fields.Where(write => !write.Value.IsBlank && write.Field == Tables.ParentOn(side)))
        {
            var parent = side == SyncSide.Integration
                ? write.Value.AsIdentifier()
                : company.CustomersOn(side).Records.FirstOrDefault(record => record["number"] == write.Value)?.Id;
            if (parent is not null && await process.World.FindCouplingAsync(company, Tables.Customer, side, parent.Value) is null)
            {
                throw new InvariantViolationException("I16", "The engine lets a record pay that is not coupled.");
            }
        }
    }

    private static SyncSide Other(SyncSide side) => side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
}
