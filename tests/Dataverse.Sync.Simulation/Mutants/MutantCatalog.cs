namespace Dataverse.Sync.Simulation;

/// <summary>The planted bugs. Those of the first group are known from engines in the field; the others undo one of this library's own protections.</summary>
internal static class MutantCatalog
{
    private const string Steps = "Dataverse.Sync/Execution/Steps/";
    private const string Run = "Dataverse.Sync/Execution/Run/";
    private const string Runner = "Dataverse.Sync/Execution/Runner/";
    private const string Recovery = "Dataverse.Sync/Execution/Recovery/";
    private const string Planning = "Dataverse.Sync/Execution/Planning/";
    private const string Deletions = "Dataverse.Sync/Execution/Deletions/";
    private const string Feed = "Dataverse.Sync.Testing/InMemory/FeedReader.cs";

    /// <summary>Does nothing and says that it did: if this one goes unnoticed, the simulation itself is broken.</summary>
    public static Mutant Canary { get; } = new(
        "canary", Steps + "WriteStep.cs",
        "var answers = await tables.WriteAsync(target, operations, sendBefore, cancellationToken).ConfigureAwait(false);",
        "await Task.CompletedTask; var answers = operations.ConvertAll(operation => new WriteResult { Status = WriteStatus.Applied, Id = operation.Id == Guid.Empty ? Guid.NewGuid() : operation.Id });",
        "No write is sent, each counts as done.")
    { KnownSeed = 1 };

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Canary,
        new("watermark-greater", Feed, "new DateTimeOffset(ticks, TimeSpan.Zero) - options.Overlap", "new DateTimeOffset(ticks + 1, TimeSpan.Zero)",
            "Changes are read after the newest stamp instead of from it, without an overlap: ties and late commits are lost.") { KnownSeed = 43 },
        new("watermark-no-overlap", Feed, "new DateTimeOffset(ticks, TimeSpan.Zero) - options.Overlap", "new DateTimeOffset(ticks, TimeSpan.Zero)",
            "Changes are read from the newest stamp on: late commits are lost.") { KnownSeed = 349 },
        new("watermark-first", Runner + "MappingRun.cs", "job.CountRead(page.Records.Count);",
            "if (page.Checkpoint is { } early && settings.Kind == SyncJobKind.Modified) { await commits.MoveToAsync(state.WithCheckpoint(side, early), cancellationToken).ConfigureAwait(false); }",
            "The checkpoint moves before the page is applied.") { KnownSeed = 491 },
        new("no-intents", Run + "UnitOfWork.cs", "intents.Add(intent);", "if (intent.Kind == WriteKind.Delete) { intents.Add(intent); }", "Records are created and coupled without an intent.") { KnownSeed = 45 },
        new("own-writes-unseen", Steps + "EchoStep.cs", "return (isSeen && !settings.IsFull)", "return coupling.VersionOf(side) == 0 || (isSeen && !settings.IsFull)",
            "What comes back after an own write is taken for the own write, whatever it holds, as engines do that look at the user.") { KnownSeed = 5 },
        new("tolerance-10ms", Steps + "EchoStep.cs", "return (isSeen && !settings.IsFull)",
            "return record.ModifiedOn <= coupling.SynchronizedOn + TimeSpan.FromMilliseconds(10) || (isSeen && !settings.IsFull)",
            "Modified counts as later than the last synchronization by more than 10 ms, by two different clocks.") { KnownSeed = 1 },
        new("missing-is-deleted", Steps + "PairStep.cs", "suspects.Add(side, candidate.Coupling!.IdOf(side), isReported: false);", "suspects.Add(side, candidate.Coupling!.IdOf(side), isReported: true);",
            "A record missing from an answer counts as deleted.") { KnownSeed = 7001 },
        new("tombstone-forgotten", Runner + "MappingRun.cs", "suspects.Add(side, id, isReported: true);", "", "Reported deletions are dropped.") { KnownSeed = 58 },
        new("delete-always-loses", Deletions + "DeletionRules.cs", "when writesSurvivingSide => DeletionAction.DeleteSurvivor", "when writesSurvivingSide => DeletionAction.Restore",
            "A deletion is undone by the partner that nobody touched.") { KnownSeed = 54 },
        new("failed-create-forgotten", Steps + "CommitStep.cs", "unit.Fail(pair.Key, ErrorOf(written.Plan, error, pair.SourceRecord));",
            "if (pair.Coupling is not null) unit.Fail(pair.Key, ErrorOf(written.Plan, error, pair.SourceRecord));",
            "A record that failed is remembered only if it was coupled.") { KnownSeed = 1624 },
        new("lease-without-fence", "Dataverse.Sync/Coupling/InMemoryMapping.cs", "if (!IsCurrent(commit.Lease))", "if (false)", "Who lost the lease may still commit.") { KnownSeed = 187 },
        new("base-moves-on-failure", Steps + "CommitStep.cs", ": pair.Base;", ": written.Plan.NextBase ?? pair.Base;",
            "The base moves although the write failed.") { KnownSeed = 443 },

        new("no-condition", Steps + "JournalStep.cs", "ExpectedVersion = record.Version,", "ExpectedVersion = null,", "Updates are sent without If-Match.") { KnownSeed = 5 },
        new("one-fingerprint", Planning + "PairMerge.cs", "var written = isDrift ? current.Of(target) : Fingerprint.Of(translation.Value);", "var written = isDrift ? current.Of(target) : Fingerprint.Of(value);",
            "The base of the target is what the source holds, not what was written.") { KnownSeed = 1008 },
        new("loser-dropped", Planning + "PairMerge.cs", "(conflicts ??= []).Add(new(field.Mapping.Key, ours, theirs, resolution));", "if (resolution == ConflictResolution.Open) { (conflicts ??= []).Add(new(field.Mapping.Key, ours, theirs, resolution)); }", "The loser of a decided conflict is not kept.") { KnownSeed = 49 },
        new("loser-stored-late", Steps + "JournalStep.cs", "return conflicts.RecordBeforeWrite(write, unit);", "return write;", "The loser of a conflict is stored after it was overwritten.") { KnownSeed = 9161 },
        new("last-writer-wins", Planning + "PairMerge.cs", "_ when sends && fetches => FieldMerge.Conflict,", "_ when sends && fetches => FieldMerge.Send,", "A field changed on both sides is overwritten without a word.") { KnownSeed = 19 },
        new("delete-always-wins", Deletions + "DeletionRules.cs", "DeletionPolicy.DeleteRecord when survivorChanged => DeletionAction.RecordConflict,", "", "A deletion takes the partner with it, edits included.") { KnownSeed = 192 },
        new("intent-believed", Recovery + "UpdateRecovery.cs", "&& values.FingerprintOf(field) == wanted.Of(target, field);", "|| values.FingerprintOf(field) == wanted.Of(target, field);", "A journaled update counts as done without a look.") { KnownSeed = 1039 },
        new("reserved-id-forgotten", Steps + "JournalStep.cs", "reserved ?? newIds.IdFor(planned.Pair)", "settings.NewId()", "A repeated creation chooses another id."),
        new("lost-create-repeated", Recovery + "InsertAdoption.cs", "settings.Now >= EndOf(intent)", "true", "A creation without an answer is repeated while it may be under way.") { KnownSeed = 1406 },
        new("lost-create-unseen", Recovery + "UncertainInserts.cs", "public void Note(Intent intent) => intents.Add(intent);", "public void Note(Intent intent) => _ = intent;",
            "A record made by a lost creation is taken for a new one when it comes.") { KnownSeed = 3121 },
        new("resemblance-ignored", Recovery + "InsertLikeness.cs", "return sent.Length > 0 && ", "return false && ", "A creation that the server stored in its own form is repeated.") { KnownSeed = 365 },
        new("unknown-is-done", Steps + "CommitStep.cs", "result && result.Status != WriteStatus.Applied)", "result && result.Status is not (WriteStatus.Applied or WriteStatus.Unknown))", "A lost answer counts as done.") { KnownSeed = 1356 },
        new("reference-cleared", "Dataverse.Sync/Execution/References/ToIntegrationResolver.cs", "if (candidates.Count > 0)", "if (candidates.Count > 0 && key.Length > 0) { return Translation.To(FieldValue.Blank); } if (candidates.Count > 0)",
            "A reference whose target is not coupled yet is written as a blank.") { KnownSeed = 4524 },
        new("scope-ignored", Runner + "EngineServices.cs", "new(Scope.Name, mapping)", "new(\"\", mapping)", "Two companies share their couplings.") { KnownSeed = 1 },
        new("scan-believed", Deletions + "DeletionScan.cs", "absent.ExceptWith((await tables.ReadAllAsync(side, absent, cancellationToken).ConfigureAwait(false)).Keys);", "await Task.CompletedTask.ConfigureAwait(false);",
            "A key that a scan lacks counts as deleted without a second look.") { KnownSeed = 403 },
        new("survivor-unproved", Deletions + "DeletionPlanner.cs", "unproved.Contains(pair.SurvivorKey.Id) ? PartnerErrors.NotAnswered : pair.Error;", "pair.Error;", "Both records of a pair count as gone because an answer lacks one of them.") { KnownSeed = 19527 },
        new("preview-writes", "Dataverse.Sync/Execution/Preview/PreviewConnector.cs", "public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>",
            "public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) => batch.Operations.Any(operation => operation.Kind == WriteKind.Delete) ? inner.WriteAsync(batch, cancellationToken) :",
            "A preview deletes.") { KnownSeed = 344 },
        new("preview-forgets-journal", "Dataverse.Sync/Execution/Preview/PreviewCouplingStore.cs", "inner.ListIntentsAsync(key, cancellationToken);", "new([]);", "A preview does not see what an earlier run left.") { KnownSeed = 947 },
        new("empty-page-ends-feed", Runner + "ChangeFeed.cs", "while (await next.ConfigureAwait(false))", "while (await next.ConfigureAwait(false) && pages.Current.Records.Count > 0)", "A page without records ends the feed, although deletions follow.") { KnownSeed = 58 },
        new("drift-journaled", "Dataverse.Sync/Execution/Pairs/BaseAfterWrite.cs", "operations[target]!.Kind != WriteKind.Update", "next is not null", "A correction of drift that was never sent counts as done.") { KnownSeed = 769 },
    ];
}
