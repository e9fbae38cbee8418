using CsCheck;

namespace Dataverse.Sync.Tests.Json;

/// <summary>Mappings in which every setting has any of its values.</summary>
internal static class RandomMappings
{
    private static readonly string[] Names =
        ["a", "b", "c", "name", "ADDRESS_1", "fooBar", "$weird", "with space", "quo\"te", "ünï😀", "x>y", "'s'", "0", "1"];

    private static readonly Gen<string> Name = OneOf(Names);

    private static readonly Gen<bool> Bool = Gen.Bool;

    public static NamedCode Code { get; } = new NamedCode()
        .AddRule("first", new EmptyRule()).AddRule("second", new EmptyRule())
        .AddConverter("upper", new EmptyConverter()).AddConverter("lower", new EmptyConverter())
        .AddTransformation(TransformationRules.Custom("own", value => value));

    private static readonly ITransformationRule[] Transformations =
    [
        TransformationRules.Uppercase, new UppercaseRule { Culture = "nl-NL" }, TransformationRules.Lowercase,
        TransformationRules.TitleCase, TransformationRules.Trim, TransformationRules.RemoveNonAlphanumeric,
        TransformationRules.UnixTimestamp, TransformationRules.Substring(2), TransformationRules.Substring(1, 5),
        TransformationRules.Between(" ", "]"), TransformationRules.Replace(" ", string.Empty),
        TransformationRules.RegexReplace("^(a+)", "$1"), new RegexMatchRule { Pattern = "[0-9]", IsCaseSensitive = true },
        TransformationRules.DateFormatting("yyyy"), TransformationRules.DateTimeFormatting(null),
        TransformationRules.DecimalFormatting(string.Empty, "0.00"), TransformationRules.Round(0.05m, RoundingDirection.Up),
        TransformationRules.Round(100m), TransformationRules.ExtractFromDate(DatePart.Year), Code.Transformations.Find("own")!,
    ];

    public static Gen<FieldValue> Value { get; } = Gen.OneOf(
        Gen.Const(FieldValue.Blank),
        Gen.String.Select(FieldValue.Text),
        Gen.Bool.Select(FieldValue.Boolean),
        Gen.Long.Select(FieldValue.Integer),
        Gen.Decimal.Select(FieldValue.Decimal),
        Gen.Int.Select(number => FieldValue.Decimal(number)),
        Gen.Guid.Select(FieldValue.Identifier),
        Gen.DateOnly.Select(FieldValue.Date),
        Gen.DateTimeOffset.Select(FieldValue.DateTime),
        Gen.Int.Array[0, 5].Select(options => FieldValue.MultiChoice(options)),
        Gen.Long.Select(ticks => FieldValue.Duration(new TimeSpan(ticks))),
        Gen.Long[0, TimeOnly.MaxValue.Ticks].Select(ticks => FieldValue.Time(new TimeOnly(ticks))),
        Gen.Select(Gen.Guid, Name, FieldValue.Reference));

    public static Gen<RecordFilter> Filter { get; } = Gen.Recursive<RecordFilter>((depth, filter) => depth > 4
        ? Condition
        : Gen.Frequency(
            (3, Condition),
            (1, filter.Array[0, 3].Select(filters => RecordFilter.All(filters))),
            (1, filter.Array[0, 3].Select(filters => RecordFilter.Any(filters))),
            (1, filter.Select(inner => inner.Not()))));

    public static Gen<IntegrationTableMapping> Mapping { get; } = Gen.Select(Basics, Policies, Lists, (basics, policies, lists) =>
        lists(policies(basics)));

    private static Gen<RecordFilter> Condition => Gen.OneOf(
        Gen.Select(Name, Value, Gen.Bool, (mapped, value, equal) =>
            equal ? RecordFilter.Equal(mapped, value) : RecordFilter.NotEqual(mapped, value)),
        Gen.Select(Name, Gen.Long, Gen.Enum<ComparisonOperator>(), (mapped, number, comparison) =>
            comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains
                ? RecordFilter.Compare(mapped, comparison, FieldValue.Text($"t{number}"))
                : RecordFilter.Compare(mapped, comparison, FieldValue.Integer(number))),
        Gen.Select(Name, Name, RecordFilter.RefersTo),
        OneOf("Blocked=FILTER(' ')", "a=1..100|>500", "\"No.\"=<>''&@*abc*,Type=CONST(Person)", "a=2026-01-31..", "NOT(a=?x)")
            .Select(RecordFilter.Parse),
        OneOf("*x*", "a?", "[*]").Select(pattern => RecordFilter.Like("name", pattern)));

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Frequency((1, Gen.Const((T?)null)), (2, gen.Select(value => (T?)value)));

    private static Gen<LookupLink> Link => Gen.Select(
        Gen.Select(Name, Name, Name), Maybe(Filter), Maybe(Name), Gen.Dictionary(Name, Name)[0, 3],
        (names, filter, discriminator, map) => new LookupLink(names.Item1, names.Item2, names.Item3)
        {
            Filter = filter,
            DiscriminatorField = discriminator,
            MappingByValue = map,
        });

    private static Gen<LookupMapping> Lookup => Gen.Select(
        Name.HashSet[1, 3], Maybe(Name), Maybe(Link), Maybe(Gen.Select(Name, Name, Name, (a, b, c) => new BlankReference(a, b, c))),
        Gen.Select(Bool, Bool, Bool),
        (via, key, link, blank, flags) => new LookupMapping
        {
            Via = [.. via],
            LocalKey = key,
            Link = link,
            Blank = blank,
            ClearsWhenNotCoupled = flags.Item1,
            IsLeftOutWhenNotCoupled = flags.Item2,
            SkipsRecordWhenNotFound = flags.Item3,
        });

    private static Gen<FieldValue?> Fallback => Gen.OneOf(Gen.Const((FieldValue?)null), Value.Select(value => (FieldValue?)value));

    private static Gen<ValuePair[]> Pairs => Gen.Select(Value, Value, (local, integration) => new ValuePair(local, integration)).Array[0, 3];

    private static Gen<OptionTable> OptionTable => Gen.Select(
        Name, Name, Maybe(Name), (table, code, key) => new OptionTable(table, code) { KeyField = key });

    private static Gen<Func<FieldMapping, FieldMapping>> Values => Gen.OneOf(
        Gen.Select(Pairs, Gen.Enum<UnmappedValuePolicy>(), Fallback, Fallback, (pairs, policy, integration, local) =>
            (Func<FieldMapping, FieldMapping>)(mapped => mapped with
            {
                Converter = new ValueTable(pairs)
                {
                    WhenUnmapped = policy,
                    DefaultForIntegration = integration,
                    DefaultForLocal = local,
                },
            })),
        Gen.Select(Pairs, Gen.Enum<UnmappedValuePolicy>(), Fallback, Maybe(OptionTable), Maybe(OptionTable), (pairs, policy, fallback, local, integration) =>
            (Func<FieldMapping, FieldMapping>)(mapped => mapped with
            {
                Options = new()
                {
                    Pairs = pairs,
                    WhenUnmapped = policy,
                    DefaultForIntegration = fallback,
                    LocalTable = local,
                    IntegrationTable = integration,
                },
            })),
        Gen.Select(Name, Gen.Enum<SyncSide>(), Fallback, Maybe(Filter), Gen.Enum<UnmappedValuePolicy>(), (name, side, fallback, filter, policy) =>
            (Func<FieldMapping, FieldMapping>)(mapped => mapped with
            {
                TableLookup = new(side, name, "local", "integration")
                {
                    Filter = filter,
                    WhenUnmapped = policy,
                    DefaultForLocal = fallback,
                },
            })),
        Gen.Select(OneOf(Transformations).Array[0, 4], OneOf(Transformations).Array[0, 3], Bool, (to, back, optional) =>
            (Func<FieldMapping, FieldMapping>)(mapped => mapped with
            {
                TransformationsToIntegration = to,
                TransformationsToLocal = back,
                IsOptional = optional,
            })));

    private static Gen<TimeZoneInfo?> Zone => OneOf<TimeZoneInfo?>(null, TimeZoneInfo.Utc);

    private static Gen<FieldMapping> Pair => Gen.Select(
        Gen.Select(Name, Name, Maybe(Name)), Gen.Enum<SyncDirection>(), Gen.Select(Bool, Bool, Bool), Zone,
        Gen.OneOf(
            Gen.Const((Func<FieldMapping, FieldMapping>)(mapped => mapped)),
            OneOf("upper", "lower").Select(name =>
                (Func<FieldMapping, FieldMapping>)(mapped => mapped with { Converter = Code.Converters.Find(name) })),
            Values,
            Lookup.Select(lookup => (Func<FieldMapping, FieldMapping>)(mapped => mapped with { Lookup = lookup }))),
        (names, direction, flags, zone, become) =>
        {
            var mapped = new FieldMapping
            {
                LocalField = names.Item1,
                IntegrationField = names.Item2,
                Direction = direction,
                IsEnabled = flags.Item1,
                OnInsertOnly = flags.Item2,
                SkipsBlank = flags.Item3,
                TimeZone = zone,
            };
            return become(names.Item3 is null ? mapped : mapped with { Key = new(names.Item3) });
        });

    private static Gen<FieldMapping> Constant => Gen.Select(
        Name, Value, Gen.Select(Bool, Bool, Bool, Bool), (name, value, flags) => new FieldMapping
        {
            LocalField = flags.Item1 ? name : null,
            IntegrationField = flags.Item1 ? null : name,
            Constant = value,
            Direction = flags.Item4 ? SyncDirection.Bidirectional
                : flags.Item1 ? SyncDirection.FromIntegrationTable : SyncDirection.ToIntegrationTable,
            IsEnabled = flags.Item2,
            OnInsertOnly = flags.Item3,
        });

    private static Gen<MatchField> MatchField => Gen.Select(Name, Name, Bool, (a, b, sensitive) => new MatchField(a, b, sensitive));

    private static Gen<MatchGroup> MatchGroup => Gen.Select(
        MatchField.Array[1, 3], MatchField.Array[0, 2], Bool, (fields, confirmed, suggestion) => new MatchGroup(fields)
        {
            ConfirmedBy = confirmed,
            IsSuggestion = suggestion,
        });

    private static Gen<CompanyColumn> Column => Gen.Select(
        Gen.Select(Name, Maybe(Name), Maybe(Name), Maybe(Name)), Value, Bool, Bool, (names, key, byName, optional) => new CompanyColumn
        {
            Column = names.Item1,
            CompanyTable = names.Item2,
            KeyColumn = names.Item3,
            TeamColumn = names.Item4,
            Key = key,
            IsKeyedByName = byName,
            IsOptional = optional,
        });

    private static Gen<RecordTemplate> Template => Gen.Select(
        Name, Gen.Enum<SyncSide>(), Maybe(Filter), Gen.Int[0, 6], Gen.Select(Name, Value).Array[0, 3],
        (name, target, filter, priority, values) => new RecordTemplate
        {
            Name = name,
            Target = target,
            SourceFilter = filter,
            Priority = priority,
            Values = values.DistinctBy(value => value.Item1).ToDictionary(value => value.Item1, value => value.Item2),
        });

    private static Gen<IntegrationTableMapping> Basics => Gen.Select(
        Name, Name, Gen.Enum<SyncDirection>(), Maybe(Filter), Maybe(Filter), Gen.Select(Bool, Bool, Bool, Bool),
        (local, integration, direction, localFilter, integrationFilter, flags) => new IntegrationTableMapping
        {
            Name = "MAPPING",
            LocalTable = local,
            IntegrationTable = integration,
            Direction = direction,
            LocalFilter = localFilter,
            IntegrationFilter = integrationFilter,
            IsEnabled = flags.Item1,
            ReadsAllCompanies = flags.Item2,
            IsSharedByCompanies = flags.Item3,
            SynchronizesOnlyCoupledRecords = flags.Item4,
        });

    private static Gen<Func<IntegrationTableMapping, IntegrationTableMapping>> Policies => Gen.Select(
        Gen.Select(Gen.Enum<OutsideFilterPolicy>(), Bool), Gen.Enum<DoubtfulMatchPolicy>(), Gen.Enum<UpdateConflictPolicy>(),
        Gen.Enum<DeletionPolicy>(), Gen.Enum<CascadePolicy>(), Gen.Double[0, 1], Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 9]),
        (outside, doubtful, conflict, deletion, cascade, share, times) =>
            (Func<IntegrationTableMapping, IntegrationTableMapping>)(mapping => mapping with
            {
                OutsideFilterPolicy = outside.Item2 ? outside.Item1 : null,
                DoubtfulMatchPolicy = doubtful,
                UpdateConflictPolicy = conflict,
                DeletionPolicy = deletion,
                CascadePolicy = cascade,
                MaximumDeletionShare = share,
                DeletionScanInterval = TimeSpan.FromMinutes(times.Item1),
                RetryPolicy = new()
                {
                    FirstDelay = TimeSpan.FromMinutes(Math.Min(times.Item1, times.Item2)),
                    LongestDelay = TimeSpan.FromMinutes(Math.Max(times.Item1, times.Item2)),
                    SkipAfterIdenticalFailures = times.Item3,
                },
            }));

    private static Gen<Func<IntegrationTableMapping, IntegrationTableMapping>> Lists => Gen.Select(
        Gen.OneOf(Pair, Constant).Array[0, 6], MatchGroup.Array[0, 3], Column.Array[0, 2],
        Maybe(Gen.Select(Name, Value, (column, owner) => new DefaultOwner { Column = column, Owner = owner })),
        Gen.Select(Name.HashSet[0, 3], Template.Array[0, 2]), OneOf("first", "second").Array[0, 3], Zone,
        (fields, groups, columns, owner, names, rules, zone) =>
            (Func<IntegrationTableMapping, IntegrationTableMapping>)(mapping => mapping with
            {
                Fields = fields,
                MatchGroups = groups,
                CompanyColumns = columns,
                DefaultOwner = owner,
                Dependencies = [.. names.Item1],
                Templates = [.. names.Item2.DistinctBy(template => template.Name.ToUpperInvariant())],
                Rules =
                [
                    .. rules.Select(rule => Code.Rules.Find(rule)!),
                    .. rules.Length == 3 ? [new LocalCurrencyAmountRule("a", "b")] : Array.Empty<ISyncRule>(),
                ],
                TimeZone = zone,
            }));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private sealed class EmptyRule : ISyncRule;

    private sealed class EmptyConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local;

        public FieldValue ToLocal(FieldValue integration) => integration;
    }
}
