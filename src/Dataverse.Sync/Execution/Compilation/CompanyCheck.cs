namespace Dataverse.Sync.Execution;

/// <summary>Determines the company column and the default owner of a mapping.</summary>
internal sealed class CompanyCheck(
    IIntegrationTableMapping mapping, TableSchema schema, OwnCompanies companies, IdentityReader identities)
{
    private readonly List<string> problems = [];
    private readonly List<string> warnings = [];
    private OwnCompany? company;

    public IEnumerable<string> Problems => problems.Select(text => $"Mapping '{mapping.Name}': {text}");

    public IReadOnlyList<MappingWarning> Warnings =>
        [.. warnings.Select(text => new MappingWarning(mapping.Name, $"Mapping '{mapping.Name}': {text}"))];

    /// <summary>The claim of the own company, or null if no company column is used.</summary>
    public CompanyClaim? Claim { get; private set; }

    /// <summary>The write that gives a new row its owner, or null if the system chooses it.</summary>
    public FieldWrite? Owner { get; private set; }

    /// <exception cref="ConnectorException">A system did not answer.</exception>
    public async Task RunAsync(SchemaReader schemas, CancellationToken cancellationToken)
    {
        var usable = mapping.CompanyColumns.Where(column => schema.Find(column.Column) is not null).ToList();
        if (usable.Count == 0 && mapping.CompanyColumns.Any(column => !column.IsOptional))
        {
            problems.Add($"the company column '{mapping.CompanyColumns[0].Column}' does not exist in the integration "
                + $"table '{schema.Name}'.");
        }

        await ChooseAsync(usable, schemas, cancellationToken).ConfigureAwait(false);
        SetOwner();
    }

    // The first column whose company is known counts. The problems of the others matter only if there is none.
    private async Task ChooseAsync(
        List<CompanyColumn> usable, SchemaReader schemas, CancellationToken cancellationToken)
    {
        var failed = new List<string>();
        foreach (var column in usable)
        {
            if (await KeyOfAsync(column, cancellationToken).ConfigureAwait(false) is not { IsBlank: false } key)
            {
                var text = $"the company column '{column.Column}' needs a key, because the local connector does not tell "
                    + "which company it is.";
                (column.IsOptional ? warnings : failed).Add(text);
                continue;
            }

            var (found, problem) = await companies.FindAsync(column, key, schemas, cancellationToken)
                .ConfigureAwait(false);
            if (found is null)
            {
                failed.Add($"the own company of column '{column.Column}' was not found: {problem}, or set the company "
                    + "columns of the mapping.");
            }
            else if (TryClaim(column, found, failed))
            {
                company = found;
                return;
            }
        }

        problems.AddRange(failed);
    }

    private bool TryClaim(CompanyColumn column, OwnCompany found, List<string> failed)
    {
        var field = schema.Find(column.Column)!;
        var isMapped = mapping.Fields.Any(mapped =>
            mapped.IsEnabled && mapped.IntegrationField == field.Name && mapped.Direction.ReachesSide(SyncSide.Integration));
        if (!field.CanRead || isMapped)
        {
            failed.Add($"the company column '{field.Name}' {(isMapped ? "is also written by a field mapping" : "cannot be read")}.");
            return false;
        }

        try
        {
            Claim = new(field, Constants.Fit(OwnCompanies.ToTypeOf(field, found.Value), field), mapping.ReadsAllCompanies);
        }
        catch (FormatException unfit)
        {
            failed.Add($"the own company does not fit column '{field.Name}': {unfit.Message}");
            return false;
        }

        if (!field.CanUpdate || !field.CanInsert)
        {
            warnings.Add($"the company column '{field.Name}' cannot be written, so rows are not claimed.");
        }

        return true;
    }

    private async Task<FieldValue> KeyOfAsync(CompanyColumn column, CancellationToken cancellationToken)
    {
        if (!column.Key.IsBlank)
        {
            return column.Key;
        }

        var identity = await identities.ReadAsync(SyncSide.Local, cancellationToken).ConfigureAwait(false);
        return FieldValue.Text(column.IsKeyedByName ? identity?.Name : identity?.Id);
    }

    private void SetOwner()
    {
        if (mapping.DefaultOwner is not { } wanted)
        {
            return;
        }

        var value = wanted.Owner.IsBlank ? company?.Team ?? FieldValue.Blank : wanted.Owner;
        if (value.IsBlank)
        {
            return;
        }

        if (schema.Find(wanted.Column) is not { } field)
        {
            problems.Add($"the default owner names {schema.DescribeMissing(wanted.Column, "the integration table")}");
        }
        else if (field.CanInsert)
        {
            try
            {
                Owner = new FieldWrite(field.Name, Constants.Fit(value, field));
            }
            catch (FormatException unfit)
            {
                problems.Add($"the default owner does not fit field '{field.Name}': {unfit.Message}");
            }
        }
    }
}
