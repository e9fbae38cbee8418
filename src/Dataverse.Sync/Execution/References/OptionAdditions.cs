namespace Dataverse.Sync.Execution;

/// <summary>Adds options to the side that lacks them.</summary>
internal sealed class OptionAdditions(Sides<ITableConnector> systems, CompiledMapping mapping)
{
    /// <exception cref="SyncConfigurationException">Options cannot be added to the field of one of them.</exception>
    public void RequirePossible(IReadOnlyCollection<MissingOption> options)
    {
        List<string> problems =
        [
            .. options.DistinctBy(option => (option.FieldMapping, option.Side)).Select(ProblemOf).OfType<string>(),
        ];
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }
    }

    public Task AddAsync(MissingOption option, CancellationToken cancellationToken) =>
        TableOf(option) is { } table
            ? InsertAsync(table, option, cancellationToken)
            : ((IChoiceEditor)systems[option.Side]).AddOptionAsync(
                mapping.Schema(option.Side).Name, FieldOf(option).On(option.Side).Name, option.Label, cancellationToken);

    private string? ProblemOf(MissingOption option)
    {
        var (system, field) = (systems[option.Side], FieldOf(option).On(option.Side));
        return TableOf(option) is { } table
            ? SchemaOf(option, table) is not { IsWritable: true } schema || schema.Find(table.CodeField)?.CanInsert != true
                ? $"Mapping '{mapping.Name}': records cannot be added to table '{table.Table}' of {system.Name}."
                : null
            : field.Type != FieldType.Choice || system is not IChoiceEditor
                ? $"Mapping '{mapping.Name}': options cannot be added to field '{field.Name}' of {system.Name}."
                : null;
    }

    private async Task InsertAsync(OptionTable table, MissingOption option, CancellationToken cancellationToken)
    {
        var code = SchemaOf(option, table)!.Find(table.CodeField)!;
        var text = TextForm.Normalize(option.Label, code);
        var isTooLong = text.Length > (code.MaxLength ?? int.MaxValue);
        var value = FieldValue.Text(isTooLong ? TextForm.Cut(text, code.MaxLength!.Value).TrimEnd() : text);
        var insert = new WriteOperation
        {
            Kind = WriteKind.Insert,
            Id = Guid.NewGuid(),
            Fields = [new(table.CodeField, value)],
        };
        var system = systems[option.Side];
        var results = WriteAnswers.Check(
            system.Name,
            [insert],
            await system.WriteAsync(new(table.Table, [insert]), cancellationToken).ConfigureAwait(false));
        if (results[0].Status != WriteStatus.Applied)
        {
            var error = WriteErrors.Of(results[0]);
            throw new ConnectorException(
                system.Name,
                ConnectorFailure.Refused,
                $"{system.Name}: a record of table '{table.Table}' could not be added. {error.Message}");
        }
    }

    private CompiledField FieldOf(MissingOption option) => mapping.Find(option.FieldMapping)!;

    private OptionTable? TableOf(MissingOption option) => FieldOf(option).Mapping.Options!.TableOn(option.Side);

    private TableSchema? SchemaOf(MissingOption option, OptionTable table) =>
        mapping.SideTables[option.Side].GetValueOrDefault(table.Table);
}
