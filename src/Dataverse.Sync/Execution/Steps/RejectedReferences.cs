namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds out whether rejected writes refer to records that were deleted. Such a record waits for the decision about the
/// deletion, instead of being skipped after identical failures.
/// </summary>
internal sealed class RejectedReferences(
    CompiledMapping mapping, MappingTables tables, MappingCouplings couplings, DecidedRecords decided)
{
    private const SyncSide Target = SyncSide.Integration;

    /// <summary>Replaces the errors of the rejected writes of a page that refer to deleted records.</summary>
    /// <remarks>
    /// Sends a request only for rejected writes that contain references. The results of the writes must be stored, even if
    /// this question cannot be answered; then the errors remain what they are.
    /// </remarks>
    public async Task ExplainAsync(List<WrittenPair> written, CancellationToken cancellationToken)
    {
        try
        {
            if (written.Exists(IsRejected))
            {
                await ExplainRejectedAsync(written, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is ConnectorException or CouplingStoreException or OperationCanceledException)
        {
            // The commit that follows reports a store that fails, and the next request a cancellation.
        }
    }

    private async Task ExplainRejectedAsync(List<WrittenPair> written, CancellationToken cancellationToken)
    {
        var references = written.SelectMany((pair, index) => ReferencesOf(pair).Select(item => (Index: index, Item: item)))
            .ToLookup(item => (Table: item.Item.Value.ReferencedTable!, Id: item.Item.Value.AsIdentifier()));
        foreach (var table in references.Select(group => group.Key).GroupBy(key => key.Table, key => key.Id))
        {
            foreach (var id in await FindGoneAsync(table.Key, [.. table], cancellationToken).ConfigureAwait(false))
            {
                foreach (var (index, (field, _)) in references[(table.Key, id)])
                {
                    written[index] = await ExplainAsync(written[index], field, id, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static bool IsRejected(WrittenPair pair) => pair.HasStatus(Target, WriteStatus.Rejected);

    private IEnumerable<(CompiledField Field, FieldValue Value)> ReferencesOf(WrittenPair pair)
    {
        if (!IsRejected(pair))
        {
            yield break;
        }

        foreach (var field in mapping.Fields.Where(field => field.Mapping.Lookup is not null))
        {
            if (pair.Write.Operations[Target]!.Fields.ValueOf(field.On(Target).Name) is { ReferencedTable: not null } value)
            {
                yield return (field, value);
            }
        }
    }

    private async Task<IReadOnlyList<Guid>> FindGoneAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var presence = await tables.Systems[Target].ProbeAsync(table, ids, cancellationToken).ConfigureAwait(false);
        return [.. ids.Where(id => presence[id] == RecordPresence.Gone)];
    }

    private async Task<WrittenPair> ExplainAsync(
        WrittenPair written, CompiledField field, Guid gone, CancellationToken cancellationToken)
    {
        foreach (var via in field.Mapping.Lookup!.Via)
        {
            if (await couplings.FindInAsync(via, Target, [gone], cancellationToken).ConfigureAwait(false) is [var coupling])
            {
                var key = field.Mapping.Key.Value;
                var text = $"Field mapping '{key}' refers to a record of mapping {via} whose partner {gone} was deleted on the "
                    + $"{Target.Word()} side. The record waits until that deletion is decided.";
                var awaited = new AwaitedCoupling(via, new RecordKey(SyncSide.Local, coupling.LocalId));

                // The coupling exists, so that this run would otherwise try the record again at once.
                _ = decided.NoteTried(written.Pair.Key, awaited, isCoupled: true);
                var plan = written.Plan with
                {
                    Outcome = PlanOutcome.Failed,
                    Error = new(SyncErrorCodes.ReferenceNotFound, text, key),
                    Awaited = awaited,
                };
                return written with { Write = written.Write with { Plan = plan } };
            }
        }

        return written;
    }
}
