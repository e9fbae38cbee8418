using System.Globalization;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>What administrators describe as data about customers and accounts: transformed texts, options, and initial values.</summary>
internal static class Tailoring
{
    /// <summary>A text whose form differs between the sides: capitals without blanks at their ends there.</summary>
    public const string Memo = "memo";

    /// <summary>A text of which the integration side holds a part only.</summary>
    public const string Label = "label";

    /// <summary>The terms of payment: the id of a record here, a choice there.</summary>
    public const string Terms = "terms";

    /// <summary>A field that only templates fill.</summary>
    public const string Origin = "origin";

    /// <summary>The local table whose records are the options of the terms.</summary>
    public const string TermsTable = "paymentterms";

    /// <summary>The option of the integration side that has no counterpart unless an administrator pairs it.</summary>
    public const int OtherChoice = 9;

    /// <summary>The local code that has no counterpart unless an administrator pairs it.</summary>
    public const string OtherCode = "X";

    /// <summary>What the templates give to a label whose source is blank. It carries the token of a blank.</summary>
    public static readonly FieldValue LabelOfTemplates = FieldValue.Text("l0-none");

    private const string OddTags = "tag=*1|*3|*5|*7|*9";

    private static readonly string[] Codes = ["A", "BETA", "GAMMA", OtherCode];

    private static readonly ChoiceOption[] Choices =
    [
        new(FieldValue.Integer(1), "Alpha"), new(FieldValue.Integer(2), "Beta"), new(FieldValue.Integer(3), "Gamma"), new(FieldValue.Integer(OtherChoice), "Other"),
    ];

    /// <summary>The fields whose values carry tokens, under one name on both sides.</summary>
    public static IReadOnlyList<string> Fields { get; } = [Memo, Label];

    public static InMemoryTableBuilder WithLocalTailoring(this InMemoryTableBuilder table, WorldSettings settings) => settings.IsTailored
        ? table.Text(Memo).Text(Label).Field(Terms, FieldType.Identifier).Text(Origin)
        : table;

    public static InMemoryTableBuilder WithIntegrationTailoring(this InMemoryTableBuilder table, WorldSettings settings) => settings.IsTailored
        ? table.Text(Memo).Text(Label).Field(new FieldSchema { Name = Terms, Type = FieldType.Choice, Options = Choices }).Text(Origin)
        : table;

    /// <summary>Adds the local table of the options, with its records.</summary>
    public static void AddTerms(InMemoryConnector local, InMemoryTableOptions options)
    {
        _ = local.AddTable(TermsTable, table => table.BusinessKey("code").With(_ => options));
        foreach (var code in Codes)
        {
            _ = local[TermsTable].Insert(("code", code));
        }
    }

    public static IntegrationTableMappingBuilder WithTailoring(this IntegrationTableMappingBuilder builder, WorldSettings settings) => settings.IsTailored
        ? builder
            .Field(Memo, Memo, field => field.TransformToIntegration(TransformationRules.Trim, TransformationRules.Uppercase).TransformFromIntegration(TransformationRules.Trim))
            .Field(Label, Label, field => field.TransformToIntegration(TransformationRules.RegexReplace(@"\+.*$", "")))
            .Field(Terms, Terms, field => field.MapOptions(NewOptions(pairsOther: false)))
            .WithTemplates(settings.Direction, edition: 0)
        : builder;

    /// <summary>How the options correspond.</summary>
    /// <param name="pairsOther">Whether the options without counterpart are paired.</param>
    public static OptionMapping NewOptions(bool pairsOther) => new()
    {
        LocalTable = new(TermsTable, "code"),
        Pairs = pairsOther ? [new("A", 1), new(OtherCode, OtherChoice)] : [new("A", 1)],
        WhenUnmapped = UnmappedValuePolicy.LeaveOut,
    };

    /// <summary>Templates for both sides: one for odd tags, one for all others.</summary>
    /// <param name="builder">The mapping.</param>
    /// <param name="direction">The direction of the mapping, which creates records on the sides that it reaches.</param>
    /// <param name="edition">The number in the values, by which one set of templates is told from the next.</param>
    public static IntegrationTableMappingBuilder WithTemplates(this IntegrationTableMappingBuilder builder, SyncDirection direction, int edition)
    {
        foreach (var side in direction.Targets())
        {
            builder = builder
                .Template(NewTemplate($"{side} odd", side, OriginOf(isOdd: true, edition)) with { Priority = 1, SourceFilter = RecordFilter.Parse(OddTags) })
                .Template(NewTemplate($"{side} other", side, OriginOf(isOdd: false, edition)) with { Priority = 2 });
        }

        return builder;
    }

    /// <summary>What a template says about the origin of a new record.</summary>
    public static string OriginOf(bool isOdd, int edition) => string.Create(CultureInfo.InvariantCulture, $"{(isOdd ? "odd" : "other")} {edition}");

    /// <summary>Whether the templates take a tag for odd.</summary>
    public static bool IsOdd(string tag) => (tag[^1] - '0') % 2 == 1;

    /// <summary>The name of an option of a side, the same on both sides for those that correspond; null for none.</summary>
    public static string? NameOf(Company company, SyncSide side, FieldValue value, bool pairsOther)
    {
        if (value.IsBlank)
        {
            return null;
        }

        if (side == SyncSide.Local)
        {
            var code = company.Local[TermsTable].Find(value.AsIdentifier())!["code"].AsText();
            return code == "A" ? "ALPHA" : code;
        }

        var number = value.AsInteger();
        return number == OtherChoice ? pairsOther ? OtherCode : "OTHER" : Choices[number - 1].Label.ToUpperInvariant();
    }

    /// <summary>Whether an option has a counterpart.</summary>
    public static bool IsMapped(string? name, bool pairsOther) => pairsOther || name is not (OtherCode or "OTHER");

    /// <summary>The option of a side by its place; blank after the last one.</summary>
    public static FieldValue OptionAt(Company company, SyncSide side, long place) => (side, place % 5) switch
    {
        (_, 4) => FieldValue.Blank,
        (SyncSide.Local, var at) => FieldValue.Identifier(company.Local[TermsTable].Records[(int)at % company.Local[TermsTable].Records.Count].Id),
        var (_, at) => Choices[at].Value,
    };

    private static SyncSide[] Targets(this SyncDirection direction) => direction switch
    {
        SyncDirection.ToIntegrationTable => [SyncSide.Integration],
        SyncDirection.FromIntegrationTable => [SyncSide.Local],
        _ => [SyncSide.Local, SyncSide.Integration],
    };

    private static RecordTemplate NewTemplate(string name, SyncSide target, string origin) => new()
    {
        Name = name,
        Target = target,
        Values = new Dictionary<string, FieldValue> { [Origin] = FieldValue.Text(origin), [Label] = LabelOfTemplates },
    };
}
