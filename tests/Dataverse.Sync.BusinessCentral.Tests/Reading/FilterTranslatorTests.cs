namespace Dataverse.Sync.BusinessCentral.Tests.Reading;

public sealed class FilterTranslatorTests
{
    private static readonly TableDefinition Table = new(new TableSchema
    {
        Name = "customers",
        KeyField = "id",
        Fields =
        [
            new() { Name = "id", Type = FieldType.Identifier },
            new() { Name = "number", Type = FieldType.Text, IsCode = true },
            new() { Name = "city", Type = FieldType.Text },
            new() { Name = "blocked", Type = FieldType.Choice },
            new() { Name = "currencyCode", Type = FieldType.Text },
            new() { Name = "creditLimit", Type = FieldType.Decimal },
            new() { Name = "taxLiable", Type = FieldType.Boolean },
            new() { Name = "since", Type = FieldType.Date },
            new() { Name = "stamp", Type = FieldType.DateTime },
        ],
    })
    {
        ApiRoot = "https://erp.example/api/v2.0",
        EntitySet = "customers",
        Unfilterable = new HashSet<string> { "currencyCode" },
    };

    public static TheoryData<string, RecordFilter, string?> Cases => new()
    {
        { "text", RecordFilter.Equal("city", FieldValue.Text("O'Hara")), "city eq 'O''Hara'" },
        { "text with a wildcard: finds more", RecordFilter.Equal("city", FieldValue.Text("A*")), "city eq 'A*'" },
        { "text with an operator: might find less", RecordFilter.Equal("city", FieldValue.Text("A|B")), null },
        { "text with an interval", RecordFilter.Equal("city", FieldValue.Text("A..B")), null },
        { "blank text", RecordFilter.IsBlank("city"), "city eq ''" },
        { "blank id", RecordFilter.IsBlank("id"), "id eq 00000000-0000-0000-0000-000000000000" },
        { "not blank code", RecordFilter.IsNotBlank("number"), "number ne ''" },
        { "not blank text: the database takes spaces for nothing", RecordFilter.IsNotBlank("city"), null },
        { "unequal text: the database may ignore accents", RecordFilter.NotEqual("city", FieldValue.Text("a")), null },
        { "ordered text", RecordFilter.Compare("city", ComparisonOperator.Less, FieldValue.Text("a")), null },
        { "part of a text", RecordFilter.Compare("city", ComparisonOperator.Contains, FieldValue.Text("a")), null },
        { "enumeration", RecordFilter.Equal("blocked", FieldValue.Text("All")), null },
        { "blank enumeration", RecordFilter.IsBlank("blocked"), null },
        { "computed", RecordFilter.Equal("currencyCode", FieldValue.Text("EUR")), null },
        { "number", RecordFilter.Compare("creditLimit", ComparisonOperator.GreaterOrEqual, FieldValue.Decimal(10.50m)), "creditLimit ge 10.5" },
        { "whole number", RecordFilter.NotEqual("creditLimit", FieldValue.Integer(0)), "creditLimit ne 0" },
        { "blank number", RecordFilter.IsBlank("creditLimit"), null },
        { "boolean", RecordFilter.Equal("taxLiable", FieldValue.Boolean(false)), "taxLiable eq false" },
        { "date", RecordFilter.Compare("since", ComparisonOperator.Less, FieldValue.Date(new DateOnly(2026, 8, 17))), "since lt 2026-08-17" },
        { "instant: rounded to 1/300 s", RecordFilter.Compare("stamp", ComparisonOperator.Greater, FieldValue.DateTime(DateTimeOffset.UnixEpoch)), null },
        { "other type", RecordFilter.Equal("creditLimit", FieldValue.Text("a")), null },
        { "unknown field", RecordFilter.Equal("nowhere", FieldValue.Text("a")), null },
        { "all, in part", RecordFilter.All(RecordFilter.IsBlank("city"), RecordFilter.IsBlank("blocked"), RecordFilter.IsNotBlank("number")), "city eq '' and number ne ''" },
        { "any of one field", RecordFilter.Any(RecordFilter.Equal("city", FieldValue.Text("a")), RecordFilter.IsBlank("city")), "(city eq 'a' or city eq '')" },
        { "any of two fields", RecordFilter.Any(RecordFilter.IsBlank("city"), RecordFilter.IsBlank("number")), null },
        { "any with a part that cannot be told", RecordFilter.Any(RecordFilter.IsBlank("city"), RecordFilter.IsNotBlank("city")), null },
        { "any of none", RecordFilter.Any(), null },
        { "intervals of one field", RecordFilter.Parse("creditLimit=1..100|>500").BindTo(Table.Schema), "((creditLimit ge 1 and creditLimit le 100) or creditLimit gt 500)" },
        { "and binds more strongly", RecordFilter.Parse("since=2026-01-01..&<>2026-02-01|20250101D").BindTo(Table.Schema), "((since ge 2026-01-01 and since ne 2026-02-01) or since eq 2025-01-01)" },
        { "any within any", RecordFilter.Parse("city=a|(b|c)").BindTo(Table.Schema), "(city eq 'a' or (city eq 'b' or city eq 'c'))" },
        { "any of one field, all without a part", RecordFilter.Parse("city=a|<>b&<>c").BindTo(Table.Schema), null },
        { "pattern", RecordFilter.Parse("city=a?c|@b*").BindTo(Table.Schema), null },
        { "empty reference", RecordFilter.Parse("id={00000000-0000-0000-0000-000000000000}").BindTo(Table.Schema), "id eq 00000000-0000-0000-0000-000000000000" },
        { "too long", RecordFilter.Any([.. Enumerable.Range(0, 900).Select(number => RecordFilter.Equal("number", FieldValue.Text($"{number}")))]), null },
        { "not", RecordFilter.IsBlank("city").Not(), null },
        { "any within all", RecordFilter.IsNotBlank("number").And(RecordFilter.Any(RecordFilter.IsBlank("city"))), "number ne '' and (city eq '')" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Translate_takes_what_is_safe(string name, RecordFilter filter, string? expected) =>
        FilterTranslator.Translate(filter, Table).Should().Be(expected, name);
}
