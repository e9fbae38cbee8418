using CsCheck;
using Dataverse.Sync.Execution;
using static Dataverse.Sync.Tests.Execution.Planning.Plans;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Laws of the planner over generated pairs: texts that are cut or change their case, codes, amounts, choices, flags, one-way fields.</summary>
public sealed class PlannerPropertyTests
{
    private const int Samples = 10_000;

    private static readonly TableSchema LocalTable = Schema(
        "l", Text("text", 50), Text("short", 50), Text("code", 8, isCode: true), Field("amount", FieldType.Decimal), Field("flag", FieldType.Boolean),
        Choice("choice", (FieldValue.Text("Ann"), "Ann"), (FieldValue.Text("Ben"), "Ben")), Text("sent"), Text("fetched"));

    private static readonly TableSchema IntegrationTable = Schema(
        "i", Text("text", 50), Text("short", 3), Text("code", 50), Field("amount", FieldType.Decimal), Field("flag", FieldType.Boolean),
        Choice("choice", (FieldValue.Integer(1), "Ann"), (FieldValue.Integer(2), "Ben")), Text("sent"), Text("fetched"));

    private static readonly CompiledMapping Mapping = Compile(LocalTable, IntegrationTable, builder =>
    {
        foreach (var field in LocalTable.Fields.SkipLast(2))
        {
            _ = builder.Field(field.Name, field.Name);
        }

        _ = builder.Field("sent", "sent", field => field.ToIntegration()).Field("fetched", "fetched", field => field.FromIntegration());
    });

    // Both sides alike and every field both ways, so that the sides can change places.
    private static readonly TableSchema Symmetric = Schema("s", [.. LocalTable.Fields.Take(5)]);
    private static readonly CompiledMapping SymmetricMapping = Compile(Symmetric, Symmetric, builder => Symmetric.Fields.ToList().ForEach(field => builder.Field(field.Name, field.Name)));

    private static readonly Gen<FieldValue> GenText = OneOf("", "a", "A", "abc", "abcd", "ab😀d", "abce", " a ").Select(FieldValue.Text);
    private static readonly Gen<FieldValue> GenNumber = OneOf(default, FieldValue.Decimal(0), FieldValue.Decimal(1.50m), FieldValue.Decimal(1.5m), FieldValue.Decimal(2));
    private static readonly Gen<FieldValue> GenFlag = OneOf(default, FieldValue.Boolean(false), FieldValue.Boolean(true));

    private static readonly Gen<TableRecord> GenLocal = GenRecord(LocalTable, OneOf(default, FieldValue.Text("Ann"), FieldValue.Text("Ben")), isLocal: true);
    private static readonly Gen<TableRecord> GenIntegration = GenRecord(IntegrationTable, OneOf(default, FieldValue.Integer(1), FieldValue.Integer(2)), isLocal: false);

    private static readonly Gen<PairState> GenState = Gen.Select(GenLocal, GenIntegration, GenLocal, GenIntegration, Gen.Int[0, 5]).Select((local, integration, oldLocal, oldIntegration, age) =>
        new PairState(age == 0 ? null : BaseOf(Mapping, Mixed(local, oldLocal, age), Mixed(integration, oldIntegration, age + 1)), local, integration));

    private static readonly Gen<PlanPolicy> GenPolicy = Gen.Select(Gen.Enum<UpdateConflictPolicy>(), Gen.Enum<FirstSynchronization>(), Gen.Bool)
        .Select((conflicts, first, drift) => new PlanPolicy { Conflicts = conflicts, First = first, CorrectsDrift = drift });

    [Fact]
    public void I12_Planning_is_deterministic() =>
        Gen.Select(GenState, GenPolicy).Sample((state, policy) => Describe(Merge(state, policy)) == Describe(Merge(state, policy)), iter: Samples);

    [Fact]
    public void I4_What_a_plan_leaves_needs_no_further_write() =>
        Gen.Select(GenState, GenPolicy).Sample(
            (state, policy) =>
            {
                var plan = Merge(state, policy);
                var again = Merge(After(state, plan), policy);
                return again.LocalWrites.Count + again.IntegrationWrites.Count == 0
                    && again.Conflicts.All(conflict => conflict.Resolution == ConflictResolution.Open);
            },
            iter: Samples);

    [Fact]
    public void I13_Applying_plans_ends_with_an_unmoved_base() =>
        Gen.Select(GenState, GenPolicy).Sample(
            (state, policy) =>
            {
                var converged = After(After(state, Merge(state, policy)), Merge(After(state, Merge(state, policy)), policy));
                return Merge(converged, policy).NextBase!.Equals(converged.Base);
            },
            iter: Samples / 3);

    [Fact]
    public void I11_Sides_that_change_places_mirror_the_plan() =>
        Gen.Select(GenSymmetric(), GenSymmetric(), GenSymmetric(), GenPolicy, Gen.Bool).Sample(
            (local, integration, old, policy, isNew) =>
            {
                integration = Record(Symmetric, integration.Values.ToArray(), modifiedOn: Monday.AddHours(1));
                var stored = isNew ? null : BaseOf(SymmetricMapping, old, old);
                var plan = Planner(SymmetricMapping).Merge(new(stored, local, integration), policy);
                var mirrored = Planner(SymmetricMapping).Merge(new(stored, integration, local), Mirror(policy));
                return Describe(plan) == Describe(mirrored with
                {
                    Writes = new(mirrored.IntegrationWrites, mirrored.LocalWrites),
                    NextBase = new(SymmetricMapping.Shape, mirrored.NextBase!.Integration, mirrored.NextBase.Local),
                    Conflicts = [.. mirrored.Conflicts.Select(conflict => new FieldConflict(conflict.FieldMapping, conflict.Integration, conflict.Local, Mirror(conflict.Resolution)))],
                });
            },
            iter: Samples);

    [Fact]
    public void I2_An_edit_of_one_side_travels_and_never_conflicts() =>
        Gen.Select(GenSynchronized(), GenLocal, GenIntegration, Gen.Bool, GenPolicy).Sample(
            (pair, newLocal, newIntegration, isLocal, policy) =>
            {
                policy = policy with { CorrectsDrift = false };
                var state = isLocal ? pair with { Local = newLocal } : pair with { Integration = newIntegration };
                var target = isLocal ? SyncSide.Integration : SyncSide.Local;
                var plan = Merge(state, policy);
                var after = After(state, plan);
                return plan.Conflicts.Count == 0
                    && plan.WritesTo(target.Opposite()).Count == 0
                    && Mapping.Fields.Where(field => field.Reaches(target) && IsChanged(field, state, target.Opposite())).All(field => Agree(field, after));
            },
            iter: Samples);

    [Fact]
    public void I10_Edits_of_both_sides_conflict_once_a_field_and_write_nothing_under_no_policy() =>
        Gen.Select(GenSynchronized(), GenLocal, GenIntegration).Sample(
            (pair, newLocal, newIntegration) =>
            {
                var state = pair with { Local = newLocal, Integration = newIntegration };
                var plan = Merge(state, new());
                var expected = BothChanged(pair, state).Where(field => field.Reaches(SyncSide.Local) && field.Reaches(SyncSide.Integration) && !Agree(field, state)).Select(field => field.Mapping.Key);
                return plan.Conflicts.Select(conflict => conflict.FieldMapping).SequenceEqual(expected)
                    && plan.Conflicts.All(conflict => !Writes(plan, conflict.FieldMapping) && IsBaseKept(pair, plan, conflict.FieldMapping));
            },
            iter: Samples);

    [Fact]
    public void I10_Edits_of_both_sides_write_once_and_keep_the_loser_under_a_policy() =>
        Gen.Select(GenSynchronized(), GenLocal, GenIntegration, OneOf(UpdateConflictPolicy.GetUpdateFromIntegration, UpdateConflictPolicy.NewestWins, UpdateConflictPolicy.SendUpdateToIntegration)).Sample(
            (pair, newLocal, newIntegration, conflicts) =>
            {
                var state = pair with { Local = newLocal, Integration = newIntegration };
                var plan = Merge(state, new() { Conflicts = conflicts });
                return plan.Conflicts.All(conflict =>
                {
                    var name = Mapping.Find(conflict.FieldMapping)!.Mapping.LocalField!;
                    var localWon = conflict.Resolution == ConflictResolution.LocalWon;
                    return conflict.Local == newLocal[name] && conflict.Integration == newIntegration[name]
                        && plan.WritesTo(localWon ? SyncSide.Integration : SyncSide.Local).Count(write => write.Field == name) <= 1
                        && plan.WritesTo(localWon ? SyncSide.Local : SyncSide.Integration).All(write => write.Field != name)
                        && Agree(Mapping.Fields.First(field => field.Mapping.Key == conflict.FieldMapping), After(state, plan));
                });
            },
            iter: Samples);

    [Fact]
    public void I2_Fields_that_did_not_change_are_never_written_and_keep_their_base() =>
        Gen.Select(GenState, GenPolicy).Where(item => item.Item1.Base is not null).Sample(
            (state, policy) =>
            {
                var plan = Merge(state, policy);
                return Mapping.Fields.Where(field => !IsChanged(field, state)).All(field =>
                    !Writes(plan, field.Mapping.Key) && Mapping.View(plan.NextBase)[field] == Mapping.View(state.Base)[field]);
            },
            iter: Samples);

    [Fact]
    public void I21_No_first_merge_overwrites_a_value_without_keeping_it() =>
        Gen.Select(GenState.Where(state => state.Base is null), GenPolicy).Sample(
            (state, policy) =>
            {
                var plan = Merge(state, policy);
                return Mapping.Fields.All(field => Sides.Both.All(side => IsKept(field, side, state, plan)));
            },
            iter: Samples);

    [Fact]
    public void I21_No_blank_wins_over_a_value_in_a_first_merge_or_in_the_full_runs_after_it() =>
        Gen.Select(GenState.Where(state => state.Base is null), GenPolicy, GenPolicy).Sample(
            (state, policy, later) =>
            {
                var after = After(state, Merge(state, policy));
                var again = Merge(after, later with { CorrectsDrift = true, First = policy.First, Conflicts = policy.Conflicts });
                return again.LocalWrites.Count + again.IntegrationWrites.Count == 0
                    && Mapping.Fields.All(field => Sides.Both.All(side =>
                        IsBlank(field, side, state) || !IsBlank(field, side, after)));
            },
            iter: Samples);

    [Fact]
    public void I4_A_created_partner_with_values_of_its_own_needs_one_more_merge_and_loses_nothing() =>
        Gen.Select(GenLocal, GenIntegration, GenIntegration, GenLocal, Gen.Bool, GenPolicy).Sample(
            (local, integration, ownIntegration, ownLocal, isLocal, policy) =>
            {
                var source = isLocal ? SyncSide.Local : SyncSide.Integration;
                var record = isLocal ? local : integration;
                var plan = Planner(Mapping).Insert(source, record);
                var own = Own(isLocal ? ownIntegration : ownLocal, plan.WritesTo(source.Opposite()));
                var created = isLocal ? new PairState(plan.NextBase, record, own) : new PairState(plan.NextBase, own, record);
                var merged = Merge(created, policy);
                var after = After(created, merged);
                var again = Merge(after, policy with { CorrectsDrift = true });
                return again.LocalWrites.Count + again.IntegrationWrites.Count + again.Conflicts.Count == 0
                    && Mapping.Fields.All(field => IsBlank(field, source, created) || Unchanged(field, source, created, after)
                        || (!field.HasDefault(source.Opposite()) && IsKept(field, source, created, merged)));
            },
            iter: Samples);

    [Fact]
    public void I4_A_created_partner_needs_no_further_write_until_a_full_run_compares_one_way_fields() =>
        Gen.Select(GenLocal, GenIntegration, Gen.Bool, GenPolicy.Select(policy => policy with { CorrectsDrift = false })).Sample(
            (local, integration, isLocal, policy) =>
            {
                var plan = Planner(Mapping).Insert(isLocal ? SyncSide.Local : SyncSide.Integration, isLocal ? local : integration);
                var blank = Record(isLocal ? IntegrationTable : LocalTable, new FieldValue[LocalTable.Fields.Count]);
                var state = isLocal
                    ? new PairState(plan.NextBase, local, Apply(blank, plan.IntegrationWrites))
                    : new PairState(plan.NextBase, Apply(blank, plan.LocalWrites), integration);
                var again = Merge(state, policy);
                return again.LocalWrites.Count + again.IntegrationWrites.Count + again.Conflicts.Count == 0;
            },
            iter: Samples);

    private static bool IsKept(CompiledField field, SyncSide side, PairState state, PairPlan plan)
    {
        var isWritten = plan.WritesTo(side).Any(write => write.Field == field.On(side).Name);
        var kept = plan.Conflicts.Concat(plan.Losers).Where(conflict => conflict.FieldMapping == field.Mapping.Key).ToList();
        return !isWritten || IsBlank(field, side, state) || (kept.Count == 1 && (side == SyncSide.Local ? kept[0].Local : kept[0].Integration) == Mapping.View(side, state.On(side)!)[field]);
    }

    private static bool IsBlank(CompiledField field, SyncSide side, PairState state) =>
        BlankRules.SaysNothing(field, side, Mapping.View(side, state.On(side)!)[field]);

    private static bool Unchanged(CompiledField field, SyncSide side, PairState before, PairState after) =>
        Mapping.View(side, before.On(side)!)[field] == Mapping.View(side, after.On(side)!)[field];

    // A new record: what was sent, and what its system put into the other fields.
    private static TableRecord Own(TableRecord defaults, IReadOnlyList<FieldWrite> sent) => Apply(defaults, sent);

    private static PairPlan Merge(PairState state, PlanPolicy policy) => Planner(Mapping).Merge(state, policy);

    private static PairState After(PairState state, PairPlan plan) => new(plan.NextBase, Apply(state.Local!, plan.LocalWrites), Apply(state.Integration!, plan.IntegrationWrites));

    private static bool Agree(CompiledField field, PairState state)
    {
        var (ours, theirs) = (Mapping.View(SyncSide.Local, state.Local!)[field], Mapping.View(SyncSide.Integration, state.Integration!)[field]);
        var translator = new FieldTranslator(null!);
        return (ours.IsBlank && theirs.IsBlank)
            || translator.Agree(field, ours, theirs, SyncSide.Integration, default, isFirst: false)
            || translator.Agree(field, theirs, ours, SyncSide.Local, default, isFirst: false);
    }

    private static bool IsChanged(CompiledField field, PairState state) => Sides.Both.Any(side => IsChanged(field, state, side));

    private static bool IsChanged(CompiledField field, PairState state, SyncSide side) =>
        Mapping.View(side, state.On(side)!).FingerprintOf(field) != Mapping.View(state.Base)[field].Of(side);

    private static IEnumerable<CompiledField> BothChanged(PairState before, PairState now) => Mapping.Fields.Where(field =>
        Sides.Both.All(side => Mapping.View(side, now.On(side)!).FingerprintOf(field) != Mapping.View(before.Base)[field].Of(side)));

    private static bool Writes(PairPlan plan, FieldMappingKey key) =>
        plan.LocalWrites.Concat(plan.IntegrationWrites).Any(write => write.Field == Mapping.Find(key)!.Mapping.LocalField);

    private static bool IsBaseKept(PairState before, PairPlan plan, FieldMappingKey key)
    {
        var field = Mapping.Fields.First(item => item.Mapping.Key == key);
        return Mapping.View(plan.NextBase)[field] == Mapping.View(before.Base)[field];
    }

    private static string Describe(PairPlan plan) => string.Join(
        '|',
        plan.Outcome,
        string.Join(',', plan.LocalWrites),
        string.Join(',', plan.IntegrationWrites),
        string.Join(',', plan.Conflicts),
        string.Join(',', plan.NextBase!.Local.ToArray()),
        string.Join(',', plan.NextBase.Integration.ToArray()));

    private static PlanPolicy Mirror(PlanPolicy policy) => policy with
    {
        Conflicts = policy.Conflicts switch
        {
            UpdateConflictPolicy.SendUpdateToIntegration => UpdateConflictPolicy.GetUpdateFromIntegration,
            UpdateConflictPolicy.GetUpdateFromIntegration => UpdateConflictPolicy.SendUpdateToIntegration,
            var other => other,
        },
        First = policy.First switch
        {
            FirstSynchronization.LocalWins => FirstSynchronization.IntegrationWins,
            FirstSynchronization.IntegrationWins => FirstSynchronization.LocalWins,
            var other => other,
        },
    };

    private static ConflictResolution Mirror(ConflictResolution resolution) => resolution switch
    {
        ConflictResolution.LocalWon => ConflictResolution.IntegrationWon,
        ConflictResolution.IntegrationWon => ConflictResolution.LocalWon,
        var other => other,
    };

    private static Gen<T> OneOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private static Gen<TableRecord> GenRecord(TableSchema schema, Gen<FieldValue> genChoice, bool isLocal) =>
        Gen.Select(GenText, GenText, GenText, GenNumber, GenFlag, genChoice, GenText, GenText).Select((text, cut, code, amount, flag, choice, sent, fetched) =>
            Record(schema, [text, isLocal ? cut : Cut(cut, 3), isLocal ? FieldValue.Text(Cut(code, 8).AsText().Trim().ToUpperInvariant()) : code, amount, flag, choice, sent, fetched]));

    private static Gen<TableRecord> GenSymmetric() => GenLocal.Select(record => Record(Symmetric, record.Values[..5].ToArray()));

    // A pair as synchronization leaves it: the local record, its partner as an insert makes it, and what is known once the partner was seen.
    private static Gen<PairState> GenSynchronized() => GenLocal.Select(local =>
    {
        var plan = Planner(Mapping).Insert(SyncSide.Local, local);
        var created = new PairState(plan.NextBase, local, Apply(Record(IntegrationTable, new FieldValue[LocalTable.Fields.Count]), plan.IntegrationWrites));
        return After(created, Merge(created, new()));
    });

    // Some fields as they are, some as they were.
    private static TableRecord Mixed(TableRecord now, TableRecord before, int pattern)
    {
        var values = now.Values.ToArray();
        for (var field = 0; field < values.Length; field++)
        {
            values[field] = (field * pattern) % 3 == 0 ? before[field] : values[field];
        }

        return new(now.Layout, now.Id, values);
    }

    private static FieldValue Cut(FieldValue text, int length) => text.AsText() is { } value && value.Length > length
        ? FieldValue.Text(value[..(char.IsHighSurrogate(value[length - 1]) ? length - 1 : length)])
        : text;
}
