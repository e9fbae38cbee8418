using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Values that one system stores more exactly than the other, whether or not its answers tell.</summary>
public sealed class ValueResolutionTests
{
    private static readonly FieldSchema Exact = new() { Name = "value", Type = FieldType.Decimal };

    private static readonly FieldSchema Cents = new() { Name = "value", Type = FieldType.Decimal, Scale = 2 };

    private static readonly FieldSchema Instant = new() { Name = "value", Type = FieldType.DateTime };

    private static readonly FieldSchema Seconds = Instant with { TimeResolution = TimeSpan.FromSeconds(1) };

    private static readonly FieldSchema PlainText = new() { Name = "value", Type = FieldType.Text, MaxLength = 100 };

    private static readonly Guid Euro = Guid.Parse("00000000-0000-0000-0000-0000000000e0");

    private static readonly Guid Yen = Guid.Parse("00000000-0000-0000-0000-0000000000a0");

    [Theory]
    [InlineData(WriteAnswer.Version)]
    [InlineData(WriteAnswer.Record)]
    public async Task Amount_with_more_places_than_the_other_side_stores_is_never_rewritten_by_its_echo(WriteAnswer answer)
    {
        using var systems = new ValueFixture(Exact, Cents, answer: answer);
        _ = systems.Items.Insert(("value", 10.126456789m));

        (await systems.ConvergeAsync()).Should().Be(0);

        (Amount(systems.Item), Amount(systems.Row)).Should().Be((10.126456789m, 10.13m));
    }

    [Fact]
    public async Task Edit_of_the_exact_side_keeps_its_digits_and_sends_the_rounded_amount()
    {
        using var systems = new ValueFixture(Exact, Cents);
        var id = systems.Items.Insert(("value", 12.34567m)).Id;
        _ = await systems.ConvergeAsync();

        _ = systems.Items.Update(id, ("value", 99.98765m));
        (await systems.ConvergeAsync()).Should().Be(0);

        (Amount(systems.Item), Amount(systems.Row)).Should().Be((99.98765m, 99.99m));
    }

    [Theory]
    [InlineData(12.34)]
    [InlineData(12.36)]
    public async Task Edit_of_one_cent_on_the_rounded_side_travels(double edited)
    {
        using var systems = new ValueFixture(Exact, Cents);
        _ = systems.Items.Insert(("value", 12.34567m));
        _ = await systems.ConvergeAsync();

        _ = systems.Rows.Update(systems.Row.Id, ("value", (decimal)edited));
        (await systems.ConvergeAsync()).Should().Be(0);

        (Amount(systems.Item), Amount(systems.Row)).Should().Be(((decimal)edited, (decimal)edited));
    }

    [Fact]
    public async Task Edit_below_the_resolution_of_the_other_side_writes_nothing()
    {
        using var systems = new ValueFixture(Exact, Cents);
        var id = systems.Items.Insert(("value", 12.34567m)).Id;
        _ = await systems.ConvergeAsync();

        _ = systems.Items.Update(id, ("value", 12.3512m));
        (await systems.WritesOfAsync(systems.ModifiedAsync)).Should().Be(0);

        (Amount(systems.Item), Amount(systems.Row)).Should().Be((12.3512m, 12.35m));
    }

    [Fact]
    public async Task Rounded_side_may_be_the_local_one()
    {
        using var systems = new ValueFixture(Cents, Exact, answer: WriteAnswer.Record);
        _ = systems.Rows.Insert(("value", 7.005m));

        (await systems.ConvergeAsync()).Should().Be(0);
        (Amount(systems.Item), Amount(systems.Row)).Should().Be((7.01m, 7.005m));
    }

    [Fact]
    public async Task Matched_pair_whose_amounts_agree_in_the_rounded_form_writes_nothing()
    {
        using var systems = new ValueFixture(Exact, Cents);
        _ = systems.Items.Insert(("number", "A"), ("value", 12.34567m));
        _ = systems.Rows.Insert(("number", "A"), ("value", 12.35m));

        (await systems.WritesOfAsync(systems.FullAsync)).Should().Be(0);
        (await systems.ConvergeAsync()).Should().Be(0);
        Amount(systems.Item).Should().Be(12.34567m);
    }

    [Fact]
    public async Task Preview_shows_the_amount_that_will_be_stored_and_none_for_an_echo()
    {
        using var systems = new ValueFixture(Exact, Cents);
        _ = systems.Items.Insert(("value", 12.34567m));

        var before = await systems.Engine.PreviewAsync(SyncJobKind.Full);
        _ = await systems.FullAsync();
        var after = await systems.Engine.PreviewAsync(SyncJobKind.Modified);

        before.Operations.Should().ContainSingle().Which.Fields.Should().Contain(new FieldWrite("value", FieldValue.Decimal(12.35m)));
        after.Operations.Should().BeEmpty();
    }

    [Fact]
    public async Task Base_of_an_earlier_version_that_contains_the_unrounded_amount_writes_nothing()
    {
        using var systems = new ValueFixture(Exact, Cents);
        _ = systems.Items.Insert(("value", 12.34567m));
        _ = await systems.ConvergeAsync();
        await StoreUnroundedBaseAsync(systems);

        (await systems.WritesOfAsync(systems.ModifiedAsync)).Should().Be(0);
        (await systems.WritesOfAsync(systems.FullAsync)).Should().Be(0);
        Amount(systems.Item).Should().Be(12.34567m);
    }

    [Fact]
    public async Task Instant_is_cut_to_the_resolution_of_the_other_side_and_keeps_its_own()
    {
        using var systems = new ValueFixture(Instant, Seconds);
        var exact = new DateTimeOffset(2026, 3, 15, 10, 20, 30, 987, TimeSpan.Zero);
        _ = systems.Items.Insert(("value", exact));

        (await systems.ConvergeAsync()).Should().Be(0);

        systems.Item["value"].AsDateTime().Should().Be(exact);
        systems.Row["value"].AsDateTime().Should().Be(exact.AddMilliseconds(-987));
    }

    [Theory]
    [InlineData("normalized", TextNormalization.None)]
    [InlineData("normalized", TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresLineFeeds)]
    [InlineData("kept", TextNormalization.None)]
    [InlineData("kept", TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresLineFeeds)]
    public async Task Text_with_line_ends_and_blanks_converges_whether_or_not_the_system_changes_it(string field, TextNormalization form)
    {
        using var systems = new ValueFixture(PlainText, PlainText with { Name = field, TextNormalization = form });
        _ = systems.Items.Insert(("value", "Hauptstr. 1\r\nHaus B "));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Item["value"].AsText().Should().Be("Hauptstr. 1\r\nHaus B ");

        _ = systems.Rows.Update(systems.Row.Id, (field, "Hauptstr. 2\nHaus B"));
        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Item["value"].AsText().Should().Be("Hauptstr. 2\nHaus B");
    }

    [Theory]
    [InlineData("Anna", "Anna ")]
    [InlineData("Anna", " Anna")]
    [InlineData("Anna ", "Anna")]
    public async Task Edit_of_blanks_travels_between_systems_that_keep_them(string before, string after)
    {
        using var systems = new ValueFixture(PlainText, PlainText, answer: WriteAnswer.Record);
        var id = systems.Items.Insert(("value", before)).Id;
        _ = await systems.ConvergeAsync();

        _ = systems.Items.Update(id, ("value", after));
        _ = await systems.ConvergeAsync();
        systems.Row["value"].AsText().Should().Be(after);

        _ = systems.Rows.Update(systems.Row.Id, ("value", before));
        _ = await systems.ConvergeAsync();
        systems.Item["value"].AsText().Should().Be(before);
    }

    [Theory]
    [InlineData("Müller", "Mu\u0308ller")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\rb", "a\r\nb")]
    [InlineData("2012-07-14T00:00:00.0050+01:00", "2012-07-14T00:00:00.005+01:00")]
    [InlineData("2012-07-14T00:00:00.0000Z", "2012-07-14T00:00:00Z")]
    public async Task Two_forms_of_one_text_are_no_edit(string ours, string theirs)
    {
        using var systems = new ValueFixture(PlainText, PlainText);
        _ = systems.Items.Insert(("number", "A"), ("value", ours));
        _ = systems.Rows.Insert(("number", "A"), ("value", theirs));

        (await systems.ConvergeAsync()).Should().Be(0);
        (await systems.WritesOfAsync(async () =>
        {
            _ = systems.Rows.Update(systems.Row.Id, ("value", ours));
            _ = await systems.ModifiedAsync();
        })).Should().Be(0);

        systems.Item["value"].AsText().Should().Be(ours);
    }

    [Fact]
    public async Task Scale_of_an_amount_follows_the_currency_of_the_record_and_of_the_same_write()
    {
        using var systems = NewWithCurrencies();
        var yen = systems.Items.Insert(("value", 1234.567m), ("currency", "JPY")).Id;
        _ = systems.Items.Insert(("value", 10.987m), ("currency", "EUR"));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Rows.Records.Select(Amount).Should().BeEquivalentTo([1235m, 10.99m]);

        _ = systems.Items.Update(yen, ("value", 77.6m));
        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Rows.Records.Select(Amount).Should().BeEquivalentTo([78m, 10.99m]);
        systems.Items.Records.Select(Amount).Should().BeEquivalentTo([77.6m, 10.987m]);
    }

    [Fact]
    public async Task Change_of_the_currency_is_no_edit_of_the_amount()
    {
        using var systems = NewWithCurrencies();
        var id = systems.Items.Insert(("value", 10.6m), ("currency", "EUR")).Id;
        _ = await systems.ConvergeAsync();

        _ = systems.Items.Update(id, ("currency", "JPY"));
        (await systems.ConvergeAsync()).Should().Be(0);
        (Amount(systems.Item), Amount(systems.Row)).Should().Be((10.6m, 11m));

        _ = systems.Items.Update(id, ("currency", "EUR"));
        (await systems.ConvergeAsync()).Should().Be(0);
        Amount(systems.Item).Should().Be(10.6m);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Amount_that_the_system_rounds_because_a_person_changes_the_currency_there_is_no_edit(int rounded)
    {
        using var systems = NewWithCurrencies();
        _ = systems.Items.Insert(("value", 10.6m), ("currency", "EUR"));
        _ = await systems.ConvergeAsync();

        _ = systems.Rows.Update(systems.Row.Id, ("currencyid", Yen), ("value", (decimal)rounded));
        (await systems.ConvergeAsync()).Should().Be(0);

        (Amount(systems.Item), systems.Item["currency"].AsText()).Should().Be((10.6m, "JPY"));
    }

    private static decimal Amount(TableRecord record) => record["value"].AsDecimal();

    private static ValueFixture NewWithCurrencies() => new(
        Exact,
        Cents with { ScaleByReference = new("currencyid", new Dictionary<Guid, int> { [Euro] = 2, [Yen] = 0 }) },
        mapping: mapping => mapping.Field("currency", "currencyid", field => field.Convert(new CurrencyConverter())),
        items: table => table.Code("currency"),
        rows: table => table.Field("currencyid", FieldType.Identifier));

    private static async Task StoreUnroundedBaseAsync(ValueFixture systems)
    {
        var key = new MappingKey(systems.Engine.Scope.Name, "ITEM");
        var coupling = (await systems.Engine.Couplings.FindAsync("ITEM", SyncSide.Local, systems.Item.Id))!;
        var before = coupling.Base!;
        var lease = (await systems.Store.TryAcquireLeaseAsync(key, "test", TimeSpan.FromMinutes(1), default))!;
        await systems.Store.CommitAsync(
            new()
            {
                Lease = lease,
                Couplings = [coupling with { Base = new(before.Shape, before.Local, before.Local), LocalVersion = 0, IntegrationVersion = 0 }],
            },
            default);
        await systems.Store.ReleaseLeaseAsync(lease, default);
    }

    private sealed class CurrencyConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) =>
            local.IsBlank ? default : FieldValue.Identifier(local.AsText() == "JPY" ? Yen : Euro);

        public FieldValue ToLocal(FieldValue integration) =>
            integration.IsBlank ? default : FieldValue.Text(integration.AsIdentifier() == Yen ? "JPY" : "EUR");
    }
}
