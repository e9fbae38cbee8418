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
    private const string Merging = "Dataverse.Sync/Execution/Merging/";
    private const string Scopes = "Dataverse.Sync/Execution/Scopes/";
    private const string Overrides = "Dataverse.Sync/Execution/Overrides/";
    private const string Journal = "Dataverse.Sync.Sqlite/Journal/JournalTable.cs";
    private const string Feed = "Dataverse.Sync.Testing/InMemory/FeedReader.cs";

    /// <summary>Does nothing and says that it did: if this one goes unnoticed, the simulation itself is broken.</summary>
    public static Mutant Canary { get; } = new(
        "canary", Steps + "WriteStep.cs",
        "var answers = await tables.WriteAsync(target, operations, sendBefore, cancellationToken).ConfigureAwait(false);",
        "await Task.CompletedTask; var answers = operations.ConvertAll(operation => new WriteResult { Status = WriteStatus.Applied, Id = operation.Id == Guid.Empty ? Guid.NewGuid() : operation.Id });",
        "No write is sent, each counts as done.");

    // Asks for each suspect as a single row after the fuse, so that a first mistake has no consequence.
    private static Mutant ProbeDisbelieved { get; } = new(
        "probe-disbelieved", Deletions + "DeletionProof.cs", "RecordPresence.Exists => PartnerErrors.NotAnswered,", "",
        "A record that exists when it is asked for counts as deleted.");

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Canary,
        new("watermark-greater", Feed, "new DateTimeOffset(ticks, TimeSpan.Zero) - options.Overlap", "new DateTimeOffset(ticks + 1, TimeSpan.Zero)",
            "Changes are read after the newest stamp instead of from it, without an overlap: ties and late commits are lost.") { KnownSeed = 161 },
        new("watermark-no-overlap", Feed, "new DateTimeOffset(ticks, TimeSpan.Zero) - options.Overlap", "new DateTimeOffset(ticks, TimeSpan.Zero)",
            "Changes are read from the newest stamp on: late commits are lost.") { KnownSeed = 161 },
        new("watermark-first", Runner + "MappingRun.cs", "job.CountRead(page.Records.Count);",
            "if (page.Checkpoint is { } early && settings.Kind == SyncJobKind.Modified) { await commits.MoveToAsync(state.WithCheckpoint(side, early), cancellationToken).ConfigureAwait(false); }",
            "The checkpoint moves before the page is applied.") { KnownSeed = 150 },
        new("no-intents", Run + "UnitOfWork.cs", "intents.Add(intent);", "if (intent.Kind == WriteKind.Delete) { intents.Add(intent); }", "Records are created and coupled without an intent.") { KnownSeed = 54 },
        new("journal-intent-missing", Journal, "foreach (var intent in intents)\n        {\n            JournalCodec", "foreach (var intent in intents.Take(Math.Max(1, intents.Count - 1)))\n        {\n            JournalCodec", "The entry of a page lacks one of its intents.") { KnownSeed = 6 },
        new("journal-settled-left", Journal, "else if (open < entry.IntentIds.Count)", "else if (open < 0)", "A settled intent stays in the entry of its page while another is open.") { HasKnownStory = true },
        new("journal-reserved-lost", Journal, "if (open == 0)", "if (open < entry.IntentIds.Count)", "The first settled intent takes the open ones of its page with it.") { HasKnownStory = true },
        new("own-writes-unseen", Steps + "EchoStep.cs", "return (isSeen && !settings.IsFull)", "return coupling.VersionOf(side) == 0 || (isSeen && !settings.IsFull)",
            "What comes back after an own write is taken for the own write, whatever it holds, as engines do that look at the user.") { KnownSeed = 252 },
        new("tolerance-10ms", Steps + "EchoStep.cs", "return (isSeen && !settings.IsFull)",
            "return record.ModifiedOn <= coupling.SynchronizedOn + TimeSpan.FromMilliseconds(10) || (isSeen && !settings.IsFull)",
            "Modified counts as later than the last synchronization by more than 10 ms, by two different clocks.") { KnownSeed = 4 },
        new("missing-is-deleted", Steps + "PairStep.cs", "suspects.Add(side, candidate.Coupling!.IdOf(side), isReported: false);", "suspects.Add(side, candidate.Coupling!.IdOf(side), isReported: true);",
            "A record missing from an answer counts as deleted.") { KnownSeed = 350 },
        new("tombstone-forgotten", Runner + "MappingRun.cs", "suspects.Add(side, id, isReported: true);", "", "Reported deletions are dropped.") { KnownSeed = 38 },
        new("delete-always-loses", Deletions + "DeletionRules.cs", "when writesSurvivingSide => DeletionAction.DeleteSurvivor", "when writesSurvivingSide => DeletionAction.Restore",
            "A deletion is undone by the partner that nobody touched.") { KnownSeed = 17 },
        new("failed-create-forgotten", Steps + "CommitStep.cs", "unit.Fail(failed, ErrorOf(written.Plan, error, pair.SourceRecord));",
            "if (pair.Coupling is not null) unit.Fail(pair.Key, ErrorOf(written.Plan, error, pair.SourceRecord));",
            "A record that failed is remembered only if it was coupled.") { KnownSeed = 17 },
        new("lease-without-fence", "Dataverse.Sync/Coupling/InMemoryMapping.cs", "if (!IsCurrent(commit.Lease))", "if (false)", "Who lost the lease may still commit.") { KnownSeed = 814 },
        new("base-moves-on-failure", Steps + "CommitStep.cs", ": pair.Base;", ": written.Plan.NextBase ?? pair.Base;",
            "The base moves although the write failed.") { KnownSeed = 215 },

        new("no-condition", Steps + "JournalStep.cs", "ExpectedVersion = record.Version,", "ExpectedVersion = null,", "Updates are sent without If-Match.") { KnownSeed = 3174 },
        new("loser-dropped", Planning + "PairMerge.cs", "(conflicts ??= []).Add(new(field.Mapping.Key, ours, theirs, resolution));", "if (resolution == ConflictResolution.Open) { (conflicts ??= []).Add(new(field.Mapping.Key, ours, theirs, resolution)); }", "The loser of a decided conflict is not kept.") { KnownSeed = 34 },
        new("loser-stored-late", Steps + "JournalStep.cs", "return conflicts.RecordBeforeWrite(write, unit);", "return write;", "The loser of a conflict is stored after it was overwritten."),
        new("last-writer-wins", Planning + "PairMerge.cs", "_ when sends && fetches => FieldMerge.Conflict,", "_ when sends && fetches => FieldMerge.Send,", "A field changed on both sides is overwritten without a word.") { KnownSeed = 34 },
        new("delete-always-wins", Deletions + "DeletionRules.cs", "DeletionPolicy.DeleteRecord when survivorChanged => DeletionAction.RecordConflict,", "", "A deletion takes the partner with it, edits included.") { KnownSeed = 61 },
        new("intent-believed", Recovery + "UpdateRecovery.cs", "&& values.Holds(field, wanted.Of(target, field));", "|| values.Holds(field, wanted.Of(target, field));", "A journaled update counts as done without a look.") { KnownSeed = 807 },
        new("reserved-id-forgotten", Steps + "JournalStep.cs", "reserved ?? newIds.IdFor(planned.Pair)", "settings.NewId()", "A repeated creation chooses another id."),
        new("lost-create-repeated", Recovery + "InsertAdoption.cs", "settings.Now >= EndOf(intent)", "true", "A creation without an answer is repeated while it may be under way.") { KnownSeed = 569 },
        new("lost-create-unseen", Recovery + "UncertainInserts.cs", "public void Note(Intent intent) => intents.Add(intent);", "public void Note(Intent intent) => _ = intent;",
            "A record made by a lost creation is taken for a new one when it comes.") { KnownSeed = 6 },
        new("resemblance-ignored", Recovery + "InsertLikeness.cs", "return sent.Length > 0 && ", "return false && ", "A creation that the server stored in its own form is repeated.") { KnownSeed = 569 },
        new("unknown-is-done", Steps + "CommitStep.cs", "result && result.Status != WriteStatus.Applied)", "result && result.Status is not (WriteStatus.Applied or WriteStatus.Unknown))", "A lost answer counts as done.") { KnownSeed = 161 },
        new("reference-cleared", "Dataverse.Sync/Execution/References/ToIntegrationResolver.cs", "if (candidates.Count > 0)", "if (candidates.Count > 0 && key.Length > 0) { return Translation.To(FieldValue.Blank); } if (candidates.Count > 0)",
            "A reference whose target is not coupled yet is written as a blank.") { KnownSeed = 380 },
        new("scope-ignored", Runner + "EngineServices.cs", "new(Scope.Current.Name, mapping)", "new(\"\", mapping)", "Two companies share their couplings.") { KnownSeed = 1 },
        new("scan-believed", Deletions + "DeletionScan.cs", "absent.ExceptWith((await tables.ReadAllAsync(side, absent, cancellationToken).ConfigureAwait(false)).Keys);", "await Task.CompletedTask.ConfigureAwait(false);",
            "A key that a scan lacks counts as deleted without a second look.") { With = ProbeDisbelieved, KnownSeed = 10 },
        new("survivor-unproved", Deletions + "DeletionPlanner.cs", "unproved.Contains(pair.SurvivorKey.Id) ? PartnerErrors.NotAnswered : pair.Error;", "pair.Error;", "Both records of a pair count as gone because an answer lacks one of them.") { With = ProbeDisbelieved, KnownSeed = 1099 },
        new("preview-writes", "Dataverse.Sync/Execution/Preview/PreviewConnector.cs", "public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>",
            "public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) => batch.Operations.Any(operation => operation.Kind == WriteKind.Delete) ? inner.WriteAsync(batch, cancellationToken) :",
            "A preview deletes.") { KnownSeed = 40 },
        new("preview-forgets-journal", "Dataverse.Sync/Execution/Preview/PreviewCouplingStore.cs", "inner.ListIntentsAsync(key, cancellationToken);", "new([]);", "A preview does not see what an earlier run left.") { KnownSeed = 30 },
        new("empty-page-ends-feed", Runner + "ChangeFeed.cs", "while (await next.ConfigureAwait(false))", "while (await next.ConfigureAwait(false) && pages.Current.Records.Count > 0)", "A page without records ends the feed, although deletions follow.") { KnownSeed = 45 },
        new("drift-journaled", "Dataverse.Sync/Execution/Pairs/BaseAfterWrite.cs", "operations[target]!.Kind != WriteKind.Update", "next is not null", "A correction of drift that was never sent counts as done.") { KnownSeed = 95042536 },

        new("deletions-of-last-page", Runner + "MappingRun.cs", "foreach (var id in page.Deleted)", "foreach (var id in page.Deleted.Where(_ => page.Checkpoint is not null))",
            "Deletions count only on the last page of a feed.") { KnownSeed = 150 },
        new("unanswered-cleared", Runner + "GoneFailures.cs", "List<Guid> over = [.. absent,", "List<Guid> over = [.. missing,",
            "The failure of a record is cleared because one answer lacked the record.") { KnownSeed = 611 },
        new("vanished-unsuspected", Runner + "NamedRecordReader.cs", "foreach (var id in mayBeGone ? chunk.Except(records.Keys) : [])", "foreach (var id in Array.Empty<Guid>())", "The source of an adopted record is gone, and nobody looks.") { KnownSeed = 33 },
        new("lease-loss-unnoticed", Run + "LeaseKeeper.cs", "isLost = true;", "isLost = false;", "The loss of a lease is not noticed.") { KnownSeed = 1 },
        new("lease-age-monotonic", Run + "LeaseAge.cs", "return byWallClock > byMonotonicClock ? byWallClock : byMonotonicClock;", "return byMonotonicClock;",
            "A lease does not age while the computer sleeps.") { KnownSeed = 46 },
        new("write-uncovered", Steps + "WriteStep.cs", "_ = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);", "", "A write is sent without another look at the lease.") { KnownSeed = 46 },
        new("send-before-ignored", Steps + "WriteStep.cs", "var sendBefore = writing.Min(index => page[index].Intents[target]!.SendBefore);", "var sendBefore = (DateTimeOffset?)null;",
            "A request that must not be repeated leaves whenever it likes.") { KnownSeed = 586 },
        new("window-from-journal", Recovery + "InsertAdoption.cs", "(intent.SendBefore ?? intent.JournaledOn) + settings.UncertainWriteWindow", "intent.JournaledOn + settings.UncertainWriteWindow",
            "The time in which a write is uncertain counts from the journal, not from the latest time at which it may leave.") { KnownSeed = 1411 },
        new("held-failure-cleared", Recovery + "InsertAdoption.cs", "Sources.Add(source);", "unit.Clear(source);", "A record that was held is not read again when the hold ends.") { KnownSeed = 33 },
        new("half-done-believed", "Dataverse.Sync/Execution/Pairs/AdoptedBase.cs", "Set(ref adopted, field, target, isPartial, values.ReadableOf(field));", "adopted.Set(field, sent[field]);",
            "An insert of which only a part was done counts as done.") { KnownSeed = 31 },
        new("own-duplicate-foreign", Steps + "NextRound.cs", "is { Kind: WriteKind.Insert } intent && intent.HasChosenId())", "is { Kind: WriteKind.Delete } intent && intent.HasChosenId())",
            "A record under an id that the engine chose counts as somebody else's."),
        new("own-duplicate-forgotten", Steps + "CommitStep.cs", "|| (result?.Status == WriteStatus.AlreadyExists && intent.Kind == WriteKind.Insert && intent.HasChosenId());", ";",
            "An insert whose id exists is forgotten if one answer lacks the record."),
        new("matched-partner-unheld", Steps + "PairStep.cs", "held.HoldMatch(new(candidate.Source.Opposite(), match.Partner));", "", "The partner of a matched record that failed counts as new."),

        new("rounding-left-to-system", "Dataverse.Sync/Execution/Compilation/ValueFitting.cs", "new(Round(value, scale))", "new(scale < 0 ? Round(value, scale) : value)",
            "Amounts are sent unrounded, so that what the system makes of them comes back as an edit.") { KnownSeed = 4 },
        new("echo-is-edit", Planning + "PairMerge.cs", "return translator.IsEcho(", "return field.Index < 0 && translator.IsEcho(", "A value that a system stored in its own form counts as an edit."),
        new("blank-wins-first", Planning + "FirstMergeRules.cs", "? FieldMerge.MoveBase : From(side.Opposite());", "? FieldMerge.MoveBase : From(side);", "A blank wins over a value in the first merge of a pair.") { KnownSeed = 114 },
        new("blank-wins-one-way", Planning + "FirstMergeRules.cs", "return SaysNothing(field, source, values) || isOnlyDefault", "return isOnlyDefault", "A blank source clears its target in the first merge of a pair.") { KnownSeed = 10 },
        new("first-loser-dropped", Planning + "PairMerge.cs", "KeepLoser(field, target, value, existing, current);", "", "The value that loses in a first merge is not kept.") { KnownSeed = 66 },
        new("secured-column-blanks", "Dataverse.Sync/Execution/Compilation/CompiledField.cs", "schemas[side]?.CanRead != false;", "true;", "A column that cannot be read counts as blank.") { KnownSeed = 1891 },
        new("released-unseen", "Dataverse.Sync/Execution/Deletions/ReleasedFields.cs", "schema?.Find(name)?.CanRead == true", "schema?.Find(name) is null",
            "A record is deleted with an edit in a column that became readable since the definitions were read.") { KnownSeed = 150900112 },
        new("mass-blanking", "Dataverse.Sync/Execution/Blanking/BlankingGuard.cs", "= settings.Options.AllowsMassBlanking;", "= true;", "Any number of records may lose a value in one run.") { KnownSeed = 443 },
        new("schema-kept", "Dataverse.Sync/Execution/Compilation/MappingCompiler.cs", "return age >= TimeSpan.Zero && age < schemaLifetime;", "return age >= TimeSpan.Zero;", "Definitions are read once for ever.") { KnownSeed = 27 },
        new("contradiction-ignored", Runner + "MappingRunner.cs", "if (composition.Contradictions.Count > 0)", "if (composition.Contradictions.Count < 0)",
            "A refusal that contradicts the definitions does not lead to a look at them."),

        new("one-stops-all", Runner + "MappingSequence.cs", "if (request.Options.StopsAtFirstFailure && Failures.Count > 0)", "if (Failures.Count > 0)", "A mapping that cannot be run ends the run of all.") { KnownSeed = 2 },
        new("poison-stops-run", Planning + "FieldTranslator.cs", "return ConversionErrors.TranslationOf(failure, field, target);", "throw;", "An exception of a converter ends the run.") { KnownSeed = 548 },
        new("skipped-unexplained", Steps + "SelectStep.cs", "Explain(candidate, SelectionErrors.Skipped(failure), isCounted: true);", "", "Nobody is told why nothing happens to a record that is skipped.") { KnownSeed = 369 },
        new("scan-versions-ignored", Runner + "KeyScanStage.cs", "IsComparable(SyncSide side) => !settings.IsFull && settings.Mapping.Reads(side);", "IsComparable(SyncSide side) => settings.Now == default && settings.Mapping.Reads(side);", "A scan of the keys does not look at versions: what a long transaction commits is lost.") { KnownSeed = 251 },
        new("scan-version-unread", Runner + "UnseenChanges.cs", "await steps.ProcessAsync(side, records, areNamed: false, cancellationToken).ConfigureAwait(false);", "",
            "The version of a changed record is noted, and the record is not synchronized.") { KnownSeed = 251 },
        new("pending-version-noted", Runner + "UnseenChanges.cs", "&& !IsPending(coupling)", "", "The version of a record is noted although its pair could not be synchronized."),

        new("frozen-read", Run + "FilterGate.cs", "IsInside(candidate.Source, candidate.Record) || Follows(candidate);", "true;", "A record outside its filter takes part.") { KnownSeed = 29 },
        new("frozen-partner-written", Run + "FilterGate.cs", "IsInside(candidate.Source.Opposite(), partner) || Follows(candidate);", "true;", "A record is written although it is outside its filter.") { KnownSeed = 42 },
        new("frozen-forgotten", Runner + "GoneFailures.cs", "if (!isCoupled && (excluded is null", "if (excluded is not null || (excluded is null", "What waits for a filter is forgotten when it is tried again.") { KnownSeed = 1715 },
        new("frozen-created-again", Recovery + "RecoveryByContent.cs", "&& (!settings.Mapping.Excludes(intent.Target, record) || MayBeNewerThan(intent, record))", "&& !settings.Mapping.Excludes(intent.Target, record)",
            "A record of an uncertain insert that left its filter counts as never created."),
        new("hidden-is-gone", "Dataverse.Sync/Execution/Deletions/DeletionProof.cs", "RecordPresence.Hidden => PartnerErrors.Hidden(record.Side),", "", "A hidden record counts as deleted.") { KnownSeed = 350 },
        new("twin-ignored", "Dataverse.Sync/Execution/Matching/MatchJudge.cs", "await lookBack.FindTwinsAsync(search, contested, cancellationToken).ConfigureAwait(false);", "",
            "A match counts although another record of its own side fits as well."),
        new("uncoupled-again", "Dataverse.Sync/Execution/Links/UncoupledPairs.cs", "failure is { Error.Code: SyncErrorCodes.Uncoupled, Candidates.Count: > 0 }", "failure is { Error.Code: SyncErrorCodes.Uncoupled, Candidates.Count: > 99 }",
            "A pair that a person took apart is coupled again.") { KnownSeed = 289 },
        new("left-forgotten", Deletions + "LeavingExecutor.cs", "unit.Remember(pair.Coupling, side, UncoupledPairs.ByFilter, version);", "_ = version;", "A pair that a filter took apart is forgotten.") { KnownSeed = 289 },
        new("assigned-once", "Dataverse.Sync/Execution/Matching/AssignedPartners.cs", "records.TryAdd(partner, record) || records[partner] == record;", "records.TryAdd(partner, record);",
            "A record that a run processes twice gets no partner the second time."),
        new("restore-waits", Deletions + "RestoreExecutor.cs", "postponed.IncludesAll = true;", "", "A record is created again only when all records to which it refers are coupled."),
        new("restored-circle", Deletions + "RestoreExecutor.cs", "couplings.SetRestoring(decisions.Select(decision => decision.Coupling.LocalId));", "",
            "A record that is created again refers to the deleted one.") { KnownSeed = 2187 },
        new("circle-stuck", Runner + "ReferenceStage.cs", "postponed.AddRange(members);", "", "Records that wait for each other wait for ever.") { KnownSeed = 221 },

        new("cascade-unseen", Deletions + "CascadeSearch.cs", "found[decision.Missing.SurvivorKey.Id].ToList() is { Count: > 0 } more", "found[decision.Missing.SurvivorKey.Id].ToList() is { Count: > 99 } more",
            "Nobody looks at what a system deletes together with a record.") { KnownSeed = 17 },
        new("cascade-edit-lost", Deletions + "CascadeSearch.cs", "&& !cascades.Exists(item => item.IsUnsynchronized);", ";", "A system deletes edits with a record that nobody has synchronized.") { KnownSeed = 878 },
        new("cascade-new-lost", Deletions + "CascadedRecords.cs", "mapping.Reads(side) && !mapping.Excludes(side, record);", "mapping.Name.Length == 0;",
            "A system deletes new records with another one, which exist nowhere else.") { KnownSeed = 17 },
        new("cascade-unannounced", Deletions + "CascadeAnnouncements.cs", "journal.Announce(AnnouncementOf(record));", "", "What a system deletes by itself counts as deleted by a user.") { KnownSeed = 1032 },
        new("cascade-partner-lagging", Deletions + "CascadedRecords.cs", "found.UnionWith(absent.Where(id => presence[id] != RecordPresence.Gone));", "_ = presence;", "A partner that one answer lacks counts as deleted."),
        new("cascade-unread-mapping", Deletions + "CascadedRecords.cs", "MappingsOver(side, table).Any() || couplings.Invalid.Any(mapping => mapping.TableOn(side) == table);", "MappingsOver(side, table).Any();",
            "A system deletes records of a mapping that cannot be run at present."),
        new("merge-unseen", "Dataverse.Sync/Execution/Compilation/MergeFacts.cs", "public bool IsMerged(TableRecord record) => fields is not null", "public bool IsMerged(TableRecord record) => fields is { Survivor: \"\" }", "A merged record counts as any other.") { KnownSeed = 63 },
        new("merge-takes-uncertain", Merging + "MergeStep.cs", "private bool CanTakeOver(Candidate candidate) => !held.IsHeld(candidate.Key)", "private bool CanTakeOver(Candidate candidate) => candidate.Coupling is null",
            "A survivor takes over a coupling while its own partner may be under way."),
        new("merge-base-kept", Merging + "CouplingMove.cs", "Base = MergedBase.Of(settings.Mapping, coupling.Base, side, survivor),", "Base = coupling.Base,", "What the survivor of a merge contains counts as an edit of every field."),
        new("merge-not-due", Merging + "CouplingMove.cs", "MakeDue(new(side, survivor.Id), survivor, unit);", "unit.Clear(new RecordKey(side, survivor.Id));", "A survivor is forgotten if the run ends after it took over a coupling."),
        new("leaving-kept", Merging + "CouplingMove.cs", "leaving.Forget(coupling);", "", "A pair that moved to a survivor is uncoupled as the former pair."),
        new("translation-kept", Deletions + "SuccessionExecutor.cs", "references.Forget();", "", "A reference leads to the deleted record whose place another one took."),
        new("taken-apart-matched", "Dataverse.Sync/Execution/Matching/PartnerSearch.cs", "matches[candidate] = TakenApart(candidate, match) ?? match;", "matches[candidate] = match;",
            "A pair that a person took apart is coupled again if one of its records was restored."),
        new("preview-blind", "Dataverse.Sync/Execution/Preview/PretendedWrites.cs", "var ids = index.Find(query, id => ValueOf(id, query.Field)).ToList();", "var ids = new List<Guid>();",
            "A preview does not find the records that it pretends to create."),
        new("stranger-accepted", Scopes + "ScopeChoice.cs", ": named is not null ? throw ScopeErrors.OtherSystem(named, identities)", ": named is not null ? identities.Register(named)", "Another system behind the same address counts as the own one.") { KnownSeed = 160 },
        new("scope-by-name", Scopes + "ScopeChoice.cs", "return FindSame() is { } same", "return FindSame() is { Name: \"\" } same", "A system whose name is spelled in another way counts as another one.") { KnownSeed = 75 },

        new("template-unfiltered", Planning + "PairInsert.cs", "if (template.AppliesTo(record))", "if (template is not null)", "The first template applies to every new record.") { KnownSeed = 15 },
        new("template-overwrites", Planning + "PairInsert.cs", "if (writes.ValueOf(write.Field) is null)", "if (writes.RemoveAll(other => other.Field == write.Field) >= 0)",
            "A template overwrites what a field mapping wrote.") { KnownSeed = 15 },
        new("form-is-edit", Planning + "FieldTranslator.cs", "field.LossTo(target) == TransformationLoss.Form", "field.LossTo(target) == TransformationLoss.None",
            "A value that a transformation has given another form counts as an edit.") { KnownSeed = 216 },
        new("left-out-loser-dropped", Planning + "PairMerge.cs", "&& !current.Awaits(target, known)", "", "An option without counterpart that loses is not kept.") { KnownSeed = 216 },
        new("override-read-once", Overrides + "OverrideReader.cs", "if (ordered.SequenceEqual(applied))", "if (applied.Count > 0 || ordered.SequenceEqual(applied))",
            "An engine that knows overrides does not notice that others change them.") { KnownSeed = 6 },
        new("override-last-writer", "Dataverse.Sync/Coupling/InMemoryCouplingStore.cs", "&& known.Version == change.Version", "", "Of two changes of one mapping at the same time, the first is lost.")
        {
            With = new("override-unchecked", Overrides + "OverrideWriter.cs", "if ((known?.Version ?? 0) != change.Version)", "if (change.Version < 0)", "The version of a stored override is not compared."),
        },
        new("switched-off-runs", Runner + "MappingSequence.cs", "if (!mapping.Mapping.IsEnabled)", "if (mapping.Name.Length == 0)", "A mapping that was switched off is run.") { KnownSeed = 34 },
        new("damage-unnoticed", Overrides + "OverrideReader.cs", "Problems = read.Problems.Count == 0 ? [] : [.. read.Problems.Select(problem => Refuse(item.Mapping, problem))],", "",
            "A mapping whose stored override cannot be read runs with its default setup.") { KnownSeed = 15 },
    ];
}
