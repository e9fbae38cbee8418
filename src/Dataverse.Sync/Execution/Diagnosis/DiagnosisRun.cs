namespace Dataverse.Sync.Execution;

/// <summary>Checks a set-up without changing anything. A check that fails is a finding, and does not end the others.</summary>
internal sealed class DiagnosisRun(EngineServices services, MappingCompiler compiler, DiagnosisOptions options)
{
    private readonly List<DiagnosisFinding> findings = [];
    private readonly Sides<ITableConnector> systems =
        Sides.Of<ITableConnector>(side => new ReadOnlyConnector(services.Systems[side]));

    public async Task<DiagnosisReport> RunAsync(CancellationToken cancellationToken)
    {
        var startedOn = services.TimeProvider.GetUtcNow();
        CompiledCatalog? catalog = null;
        await TryAsync(
            async () => catalog = await compiler.ReadAgainAsync(cancellationToken).ConfigureAwait(false),
            "The mappings could not be validated.",
            finding => finding with { Area = DiagnosisArea.Mapping },
            cancellationToken).ConfigureAwait(false);
        // After the stored overrides were read. No run meets what is switched off.
        var mappings = services.Catalog.All.Where(mapping => mapping.IsEnabled).ToList();
        var tables = new DiagnosedTables(mappings, catalog);
        foreach (var side in Sides.Both)
        {
            await TryAsync(
                () => AskSystemAsync(side, tables, cancellationToken),
                $"{systems[side].Name} could not be checked.",
                finding => finding with { Side = side },
                cancellationToken).ConfigureAwait(false);
        }

        foreach (var mapping in catalog?.InOrder.Where(mapping => mapping.Mapping.IsEnabled) ?? [])
        {
            await CheckAsync(mapping, cancellationToken).ConfigureAwait(false);
        }

        return new()
        {
            StartedOn = startedOn,
            Findings = [.. findings.Distinct().OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Area)],
        };
    }

    private async Task AskSystemAsync(SyncSide side, DiagnosedTables tables, CancellationToken cancellationToken)
    {
        var query = new DiagnosisQuery { Tables = tables.On(side), Clock = services.TimeProvider };
        var found = await systems[side].DiagnoseAsync(query, cancellationToken).ConfigureAwait(false);
        findings.AddRange(found.Select(finding => finding with
        {
            Side = side,
            Mapping = finding.Mapping ?? tables.OwnerOf(side, finding.Table, finding.Field),
        }));
    }

    private async Task CheckAsync(CheckedMapping mapping, CancellationToken cancellationToken)
    {
        findings.AddRange(MappingCheck.Of(mapping));
        DiagnosisFinding Place(DiagnosisFinding finding) => finding with { Mapping = mapping.Name };
        await TryAsync(
            async () => _ = await services.Store.ReadStateAsync(services.KeyOf(mapping.Name), cancellationToken).ConfigureAwait(false),
            "The coupling store could not be read.",
            Place,
            cancellationToken).ConfigureAwait(false);
        await TryAsync(
            async () => findings.AddRange(await LinkCheck.FindAsync(services, mapping.Name, cancellationToken).ConfigureAwait(false)),
            "The couplings could not be compared with those of other mappings.",
            Place,
            cancellationToken).ConfigureAwait(false);
        if (mapping.Compiled is not { } compiled)
        {
            return;
        }

        findings.AddRange(new SchemaCheck(compiled).Find());
        foreach (var side in Sides.Both)
        {
            var table = compiled.Schema(side).Name;
            await TryAsync(
                () => ReadAsync(compiled, side, cancellationToken),
                $"The {side.Word()} table '{table}' could not be read.",
                finding => Place(finding) with { Side = side, Table = table, Code = DiagnosisCodes.TableUnreadable },
                cancellationToken).ConfigureAwait(false);
        }

        foreach (var rule in compiled.Rules)
        {
            await TryAsync(
                () => AskRuleAsync(compiled, rule, cancellationToken),
                $"Rule {rule.GetType().Name} could not be checked.",
                Place,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(CompiledMapping mapping, SyncSide side, CancellationToken cancellationToken)
    {
        // A table that the mapping does not read is read by id or by value only.
        var tables = new MappingTables(mapping, systems, pageSize: null, services.TimeProvider);
        var tally = new RecordTally(mapping, side, options.ListedRecords);
        var pages = tables.ReadChangesAsync(side, since: null, fields: null, isFiltered: true, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var record in page.Records)
            {
                tally.Take(record);
            }

            if (!options.ReadsRecords)
            {
                return;
            }
        }

        findings.AddRange(tally.Find());
        findings.Add(new()
        {
            Severity = FindingSeverity.Information,
            Area = DiagnosisArea.Connection,
            Code = DiagnosisCodes.TableRead,
            Message = $"The {side.Word()} table has {tally.Count} records within the filter.",
            Mapping = mapping.Name,
            Side = side,
            Table = mapping.Schema(side).Name,
            Count = tally.Count,
        });
    }

    private async Task AskRuleAsync(CompiledMapping mapping, ISyncRule rule, CancellationToken cancellationToken)
    {
        var context = new SyncRunContext(
            mapping.Mapping, services.Scope.Current, systems.Local, systems.Integration, services.TimeProvider, isPreview: true);
        var found = await rule.DiagnoseAsync(context, cancellationToken).ConfigureAwait(false);
        findings.AddRange(found.Select(finding => finding with { Mapping = finding.Mapping ?? mapping.Name }));
    }

    private async Task TryAsync(
        Func<Task> check,
        string whatFailed,
        Func<DiagnosisFinding, DiagnosisFinding> place,
        CancellationToken cancellationToken)
    {
        try
        {
            await check().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            // A system, a rule, or a store may throw anything. The report must go on.
            findings.Add(place(FailedCheck.Of(failure, whatFailed)));
        }
    }
}
