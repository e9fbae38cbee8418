namespace Dataverse.Sync.Documents;

/// <summary>The form of the options of the standard mappings.</summary>
internal static class StandardDescription
{
    public static ObjectForm<StandardMappingOptions> Form { get; } = new ObjectForm<StandardMappingOptions>(
        "standardMappings", "Settings of the standard mappings.", () => new())
        .With("ownership", "Who owns the records in Dataverse. The default is Person.", ChoiceForm<RecordOwnership>.Instance,
            value => value.Ownership, (value, ownership) => value with { Ownership = ownership })
        .With("defaultOwner", "The owner of new accounts and contacts for which no salesperson names one.",
            FieldValueForm.Instance, value => value.DefaultOwner, (value, owner) => value with { DefaultOwner = owner })
        .With("requiresCoupledSalesperson", "Whether a customer whose salesperson is not coupled to a user waits until it is.",
            BooleanForm.Instance, value => value.RequiresCoupledSalesperson,
            (value, requires) => value with { RequiresCoupledSalesperson = requires })
        .With("companyColumns", "The columns by which companies claim accounts and contacts.", CompanyDescription.Columns,
            value => value.CompanyColumns, (value, columns) => value with { CompanyColumns = columns })
        .With("readsAllCompanies", "Whether accounts and contacts of other companies are read as well.", BooleanForm.Instance,
            value => value.ReadsAllCompanies, (value, reads) => value with { ReadsAllCompanies = reads })
        .With("matchesRecords", "Whether uncoupled records are matched by number, name, or email address. The default is true.",
            BooleanForm.Instance, value => value.MatchesRecords, (value, matches) => value with { MatchesRecords = matches });
}
