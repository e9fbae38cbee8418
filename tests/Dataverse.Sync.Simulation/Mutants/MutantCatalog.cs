namespace Dataverse.Sync.Simulation;

/// <summary>The planted bugs. Those of the first group are known from engines in the field; the others undo one of this library's own protections.</summary>
internal static class MutantCatalog
{
    private const string Steps = "Dataverse.Sync/Execution/Steps/";
    private const string Running = "Dataverse.Sync/Execution/Running/";
    private const string Planning = "Dataverse.Sync/Execution/Planning/";
    private const string Deletions = "Dataverse.Sync/Execution/Deletions/";
    private const string Feed = "Dataverse.Sync.Testing/InMemory/FeedReader.cs";

    /// <summary>Does nothing and says that it did: if this one goes unnoticed, the simulation itself is broken.</summary>
    public static Mutant Canary { get; } = new(
        "canary", Steps + "WriteStep.cs",
        "var results = await run.WriteAsync(target, writing.ConvertAll(work => work.OperationOn(target)!), cancellationToken).ConfigureAwait(false);",
        "await Task.CompletedTask; var results = writing.ConvertAll(work => new WriteResult { Status = WriteStatus.Applied, Id = work.OperationOn(target)!.Id == Guid.Empty ? Guid.NewGuid() : work.OperationOn(target)!.Id });",
        "No write is sent, each counts as done.")
    { KnownSeed = 1 };

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Canary,
        new("watermark-greater", Feed, "new DateTimeOffset(ticks, TimeSpan.Zero) - options.Overlap", "new DateTimeOffset(ticks + 1, TimeSpan.Zero)",
            "Changes are read after the newest stamp instead of from it, without an overlap: ties and late commits are lost.") { KnownSeed = 43 },
        new("watermark-no-overlap", Feed, "new DateTimeOffset(ticks, TimeSpan.Zero) - options.Overlap", "new DateTimeOffset(ticks, TimeSpan.Zero)",
            "Changes are read from the newest stamp on: late commits are lost.") { KnownSeed = 349 },
        new("watermark-first", Running + "MappingRun.cs", "run.Job.CountRead(page.Records.Count);",
            "if (page.Checkpoint is { } early && run.Kind == SyncJobKind.Modified) { await run.Store.CommitAsync(new() { Lease = run.Lease.Current, State = side == SyncSide.Local ? state with { Local = early } : state with { Integration = early } }, cancellationToken).ConfigureAwait(false); }",
            "The checkpoint moves before the page is applied.") { KnownSeed = 491 },
        new("no-intents", Steps + "JournalStep.cs", "draft.Intents.Add(intent);", "", "Records are created and coupled without an intent.") { KnownSeed = 45 },
        new("own-writes-unseen", Steps + "EchoStep.cs", "return (isSeen && !run.IsFull)", "return coupling.VersionOf(side) == 0 || (isSeen && !run.IsFull)",
            "What comes back after an own write is taken for the own write, whatever it holds, as engines do that look at the user.") { KnownSeed = 5 },
        new("tolerance-10ms", Steps + "EchoStep.cs", "return (isSeen && !run.IsFull)",
            "return record.ModifiedOn <= coupling.SynchronizedOn + TimeSpan.FromMilliseconds(10) || (isSeen && !run.IsFull)",
            "Modified counts as later than the last synchronization by more than 10 ms, by two different clocks.") { KnownSeed = 1 },
        new("missing-is-deleted", Steps + "PairStep.cs", "suspects.Add(other, work.Coupling.IdOf(other), isReported: false);", "suspects.Add(other, work.Coupling.IdOf(other), isReported: true);",
            "A record missing from an answer counts as deleted.") { KnownSeed = 7001 },
        new("tombstone-forgotten", Running + "MappingRun.cs", "suspects.Add(side, id, isReported: true);", "", "Reported deletions are dropped.") { KnownSeed = 58 },
        new("delete-always-loses", Deletions + "DeletionRules.cs", "when writesSurvivingSide => DeletionAction.DeleteSurvivor", "when writesSurvivingSide => DeletionAction.Restore",
            "A deletion is undone by the partner that nobody touched.") { KnownSeed = 54 },
        new("failed-create-forgotten", Steps + "CommitStep.cs", "draft.Failures.Add(failures.Create(work, error));", "if (work.Coupling is not null) { draft.Failures.Add(failures.Create(work, error)); }",
            "A record that failed is remembered only if it was coupled.") { KnownSeed = 1624 },
        new("lease-without-fence", "Dataverse.Sync/Coupling/InMemoryMapping.cs", "if (!IsCurrent(commit.Lease))", "if (false)", "Who lost the lease may still commit.") { KnownSeed = 187 },
        new("base-moves-on-failure", Steps + "CommitStep.cs", "? BaseAfterWrite.ComputePartly(run.Mapping, work, side) : work.Base;", "? BaseAfterWrite.ComputePartly(run.Mapping, work, side) : work.Plan?.NextBase ?? work.Base;",
            "The base moves although the write failed.") { KnownSeed = 443 },

        new("no-condition", Steps + "JournalStep.cs", "ExpectedVersion = work.On(target)!.Version,", "ExpectedVersion = null,", "Updates are sent without If-Match.") { KnownSeed = 5 },
        new("one-fingerprint", Planning + "PairMerge.cs", "var written = isDrift ? current.Of(target) : Fingerprint.Of(translation.Value);", "var written = isDrift ? current.Of(target) : Fingerprint.Of(value);",
            "The base of the target is what the source holds, not what was written.") { KnownSeed = 1008 },
        new("loser-dropped", Planning + "PairMerge.cs", "if (!isFirst)", "if (!isFirst && resolution == ConflictResolution.Open)", "The loser of a decided conflict is not kept.") { KnownSeed = 49 },
        new("loser-stored-late", Steps + "JournalStep.cs", "draft.Conflicts.AddRange(conflicts.BeforeWrite(work));", "", "The loser of a conflict is stored after it was overwritten.") { KnownSeed = 9161 },
        new("last-writer-wins", Planning + "PairMerge.cs", "_ when sends && fetches => FieldMerge.Conflict,", "_ when sends && fetches => FieldMerge.Send,", "A field changed on both sides is overwritten without a word.") { KnownSeed = 19 },
        new("delete-always-wins", Deletions + "DeletionRules.cs", "DeletionPolicy.DeleteRecord when survivorChanged => DeletionAction.RecordConflict,", "", "A deletion takes the partner with it, edits included.") { KnownSeed = 192 },
        new("intent-believed", Running + "IntentSettlement.cs", "var isApplied = wanted.Of(target, field) != known.Of(target, field) && ", "var isApplied = wanted.Of(target, field) != known.Of(target, field) || ", "A journaled update counts as done without a look.") { KnownSeed = 1039 },
        new("reserved-id-forgotten", Steps + "JournalStep.cs", "run.Memory.ReservedFor(work.Key)?.TargetId ?? run.NewId()", "run.NewId()", "A repeated creation chooses another id."),
        new("lost-create-repeated", Running + "LostInsertAdoption.cs", "run.Now >= EndOf(intent)", "true", "A creation without an answer is repeated while it may be under way.") { KnownSeed = 1406 },
        new("lost-create-unseen", "Dataverse.Sync/Execution/Matching/LostInserts.cs", "public void Add(Intent intent) => intents.Add(intent);", "public void Add(Intent intent) => _ = intent;",
            "A record made by a lost creation is taken for a new one when it comes.") { KnownSeed = 3121 },
        new("resemblance-ignored", "Dataverse.Sync/Execution/Matching/LostInserts.cs", "return sent.Length > 0 && ", "return false && ", "A creation that the server stored in its own form is repeated.") { KnownSeed = 365 },
        new("unknown-is-done", Steps + "CommitStep.cs", "result && result.Status != WriteStatus.Applied)", "result && result.Status is not (WriteStatus.Applied or WriteStatus.Unknown))", "A lost answer counts as done.") { KnownSeed = 1356 },
        new("reference-cleared", "Dataverse.Sync/Execution/References/ToIntegrationResolver.cs", "if (candidates.Count > 0)", "if (candidates.Count > 0 && key.Length > 0) { return Translation.To(FieldValue.Blank); } if (candidates.Count > 0)",
            "A reference whose target is not coupled yet is written as a blank.") { KnownSeed = 4524 },
        new("scope-ignored", Running + "EngineServices.cs", "new(Scope.Name, mapping)", "new(\"\", mapping)", "Two companies share their couplings.") { KnownSeed = 1 },
        new("scan-believed", Deletions + "DeletionScan.cs", "absent.ExceptWith((await run.ReadAsync(side, ids, cancellationToken).ConfigureAwait(false)).Keys);", "await Task.CompletedTask.ConfigureAwait(false);",
            "A key that a scan lacks counts as deleted without a second look.") { KnownSeed = 403 },
        new("survivor-unproved", Deletions + "DeletionPlanner.cs", "work.Error = DeletionWork.NotAnswered;", "", "Both records of a pair count as gone because an answer lacks one of them.") { KnownSeed = 19527 },
        new("preview-writes", "Dataverse.Sync/Execution/Preview/PreviewConnector.cs", "public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>",
            "public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) => batch.Operations.Any(operation => operation.Kind == WriteKind.Delete) ? inner.WriteAsync(batch, cancellationToken) :",
            "A preview deletes.") { KnownSeed = 344 },
        new("preview-forgets-journal", "Dataverse.Sync/Execution/Preview/PreviewCouplingStore.cs", "=> inner.ListIntentsAsync(key, cancellationToken);", "=> new([]);", "A preview does not see what an earlier run left.") { KnownSeed = 947 },
        new("empty-page-ends-feed", Running + "ChangeFeed.cs", "while (await next.ConfigureAwait(false))", "while (await next.ConfigureAwait(false) && pages.Current.Records.Count > 0)", "A page without records ends the feed, although deletions follow.") { KnownSeed = 58 },
        new("drift-journaled", Steps + "JournalStep.cs", "BaseAfterWrite.ComputeJournaled(", "BaseAfterWrite.ComputePartly(", "A correction of drift that was never sent counts as done.") { KnownSeed = 769 },
    ];
}
